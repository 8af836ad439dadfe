//! `/rules`: every region with rules of its own, and the way to one that has none yet.

use super::{api, failed, tabs, version_label};
use crate::feature::division::DivisionPicker;
use crate::feature::host;
use crate::ui::Erased;
use crate::ui::{Chip, DataTable, Icon, Live, PageHead, StaffFrame, Tone, heads};
use domain::rulepack::{NATIONAL, RegionLine, RulesView};
use domain::value::full_day_label;
use icondata_lu::LuGitCompareArrows;
use leptos::prelude::*;
use leptos_meta::Title;

/// `/rules`.
#[component]
pub fn RulesPage() -> impl IntoView {
    let rules = crate::api::read(|| (), |()| api::list());
    view! {
        <Title text="规则包"/>
        <StaffFrame current="/rules">
            <PageHead title="规则与日历" sub="每个地区只写与上级不同的规则，其余逐项继承：全国、省、市、县">
                <a class="btn s line" href="/rules/compare"><Icon icon=LuGitCompareArrows/>"对比两个版本"</a>
            </PageHead>
            {tabs("/rules")}
            <Suspense fallback=host::waiting>
                {move || Suspend::new(async move {
                    match rules.await {
                        Ok(rules) => regions(rules),
                        Err(error) => failed("规则包", &error),
                    }
                })}
            </Suspense>
        </StaffFrame>
    }
}

fn regions(rules: RulesView) -> AnyView {
    let today = full_day_label(rules.today);
    let may_change = rules.may_change;
    let rows = rules.regions.into_iter().map(row).collect_view();
    view! {
        <section class="card stack roster">
            <h2>"有自己规则的地区"</h2>
            <p class="small muted">"下面是 "{today}" 生效的版本。"</p>
            <DataTable label="有自己规则的地区">
                {heads(&["地区", "现行版本", "与上级不同", "将要生效", "操作"])}
                <tbody role="rowgroup">{rows}</tbody>
            </DataTable>
        </section>
        {may_change.then(|| view! { <AnotherRegion/> })}
    }
    .erased()
}

fn row(line: RegionLine) -> AnyView {
    let href = ["/rules/", &line.region].concat();
    let label = ["查看", &line.name].concat();
    let differences = match (line.region.as_str(), line.differences) {
        (NATIONAL, _) => "全国默认值".to_owned(),
        (_, 0) => "没有".to_owned(),
        (_, count) => format!("{count} 项"),
    };
    let current = line
        .current
        .as_ref()
        .map_or_else(|| "还没有生效".to_owned(), version_label);
    view! {
        <tr role="row">
            <th class="who" role="rowheader" scope="row"><span class="name">{line.name}</span>" "<span class="small muted num">{line.region}</span></th>
            <td class="full" role="cell" data-label="现行版本：">{current}</td>
            <td class="full" role="cell" data-label="与上级不同：">{differences}</td>
            <td class="full" role="cell" data-label="将要生效：">{match line.next {
                Some(next) => view! { <Chip tone=Tone::Info>{version_label(&next)}</Chip> }.into_any(),
                None => view! { <span class="muted">"无"</span> }.into_any(),
            }}</td>
            <td class="sum" role="cell"><a class="btn s line" href=href aria-label=label>"查看"</a></td>
        </tr>
    }
    .erased()
}

/// A county without rules of its own yet; its city and province are one step further.
#[component]
fn AnotherRegion() -> impl IntoView {
    let county = RwSignal::new(String::new());
    let way_on = move || {
        let code = county.get();
        if code.is_empty() {
            return view! { <p class="hint">"选到县（市、区）后，可以看它现在按什么规则办理；市和省在那一页的“继承自”里。"</p> }.erased();
        }
        view! { <a class="btn line" href=["/rules/", &code].concat()>"看这个地区的规则"</a> }.erased()
    };
    view! {
        <section class="card form">
            <h2>"查看其他地区，或给它新增规则"</h2>
            <DivisionPicker value=county error=Live::default() names=["region_province", "region_city", "region"]/>
            {way_on}
        </section>
    }
}
