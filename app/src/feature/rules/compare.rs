//! `/rules/compare?left=520000@2026-1&right=370000@2026-1`: two versions side by side, each with what it inherits.

use super::{api, failed};
use crate::feature::host;
use crate::ui::Erased;
use crate::ui::{Banner, CheckField, Choice, DataTable, PageHead, SelectField, StaffFrame, Tone, heads};
use domain::rulepack::{ComparedField, Comparison};
use icondata_lu::LuInfo;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// `/rules/compare`.
#[component]
pub fn ComparePage() -> impl IntoView {
    let query = use_query_map();
    let wanted =
        Memo::new(move |_| query.with(|query| ["left", "right"].map(|side| query.get(side).unwrap_or_default())));
    let comparison = crate::api::read(move || wanted.get(), |[left, right]| api::compare(left, right));
    view! {
        <Title text="对比规则版本"/>
        <StaffFrame current="/rules">
            <PageHead title="对比两个版本" sub="每个版本都连同它继承的上级规则一起比">
                <a class="btn s line" href="/rules">"全部地区"</a>
            </PageHead>
            <Suspense fallback=host::waiting>
                {move || Suspend::new(async move {
                    match comparison.await {
                        Ok(comparison) => view! { <Compared comparison/> }.into_any(),
                        Err(error) => failed("对比规则版本", &error),
                    }
                })}
            </Suspense>
        </StaffFrame>
    }
}

#[component]
fn Compared(comparison: Comparison) -> impl IntoView {
    let Comparison {
        choices,
        left,
        right,
        fields,
    } = comparison;
    let name = |address: &str| {
        let found = choices.iter().find(|(choice, _)| choice == address);
        found.map(|(_, name)| name.clone()).unwrap_or_default()
    };
    let (left_name, right_name) = (name(&left), name(&right));
    // Folded into a card, each value says whose it is: `贵州省 2026-1：`.
    let labels = StoredValue::new([&left_name, &right_name].map(|name| {
        let short = name.split_once('（').map_or(name.as_str(), |(short, _)| short);
        [short, "："].concat()
    }));
    let options: Vec<Choice> = choices
        .into_iter()
        .map(|(value, label)| Choice::new(value, label))
        .collect();
    let options = Signal::stored(options);
    let (left, right) = (RwSignal::new(left), RwSignal::new(right));
    let all = RwSignal::new(false);
    let differing = fields.iter().filter(|field| field.differs()).count();
    let same = fields.len() - differing;
    let fields = StoredValue::new(fields);
    let rows = move || {
        let all = all.get();
        fields.with_value(|fields| {
            let shown = fields.iter().filter(|field| all || field.differs());
            labels.with_value(|labels| shown.map(|field| row(field, labels)).collect_view())
        })
    };
    view! {
        <form class="card form" method="get" action="/rules/compare">
            <div class="two">
                <SelectField label="左边的版本" name="left" value=left options/>
                <SelectField label="右边的版本" name="right" value=right options/>
            </div>
            <div class="actions"><button type="submit" class="btn">"对比"</button></div>
        </form>
        {(differing == 0).then(|| view! {
            <Banner tone=Tone::Info icon=LuInfo title="这两个版本的规则完全一样"/>
        })}
        <section class="card stack roster">
            <h2>{format!("{differing} 项不同，{same} 项相同")}</h2>
            <CheckField name="all" value=all>"也显示相同的项目"</CheckField>
            <DataTable label="逐项对比" class="table rules-table">
                {heads(&["规则", &left_name, &right_name, "依据"])}
                <tbody role="rowgroup">{rows}</tbody>
            </DataTable>
        </section>
    }
}

fn row(field: &ComparedField, [left, right]: &[String; 2]) -> AnyView {
    let differs = field.differs();
    let class = if differs { "full strong" } else { "full" };
    view! {
        <tr role="row" class=if differs { "differs" } else { "" }>
            <th class="full" role="rowheader" scope="row">
                <span class="name">{field.label.clone()}</span>
                <div class="small muted">{field.field.clone()}</div>
            </th>
            <td class="full" role="cell" data-label=left.clone()>{field.left.clone()}</td>
            <td class=class role="cell" data-label=right.clone()>{field.right.clone()}{differs.then_some("（不同）")}</td>
            <td class="full small" role="cell" data-label="依据：">{field.source.clone()}</td>
        </tr>
    }
    .erased()
}
