//! `/units`: the hosts that the own agency or one below certified, or that lie in their areas. The filter is the address.

use super::{api, facts};
use crate::feature::host;
use crate::ui::{
    Banner, Chip, Choice, DataTable, EmptyState, Erased, PageHead, SelectField, StaffFrame, TextField, Tone, attr,
    heads,
};
use domain::certification::{CertificationState, UnitList, UnitRow};
use domain::value::{days_between, full_day_label};
use icondata_lu::{LuBuilding2, LuInfo};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The fields of the filter in the order of `asked`, and where the page begins.
const FIELDS: [&str; 4] = ["state", "idle", "search", "after"];

/// `/units`.
#[component]
pub fn UnitsPage() -> impl IntoView {
    let query = use_query_map();
    let asked: Memo<[String; 4]> =
        Memo::new(move |_| query.with(|query| FIELDS.map(|name| query.get(name).unwrap_or_default())));
    let units = crate::api::read(
        move || asked.get(),
        |[state, idle, search, after]| api::units(state, idle, search, after),
    );
    view! {
        <Title text="单位"/>
        <StaffFrame current="/units">
            <PageHead title="单位" sub="本机构认证的单位，和本地区及下级地区的单位"/>
            <Transition fallback=host::waiting>
                {move || Suspend::new(async move {
                    let asked = asked.get_untracked();
                    match units.await {
                        Ok(list) => screen(list, asked),
                        Err(error) => host::failed("单位", &error),
                    }
                })}
            </Transition>
        </StaffFrame>
    }
    .erased()
}

fn screen(list: UnitList, [state, idle, search, after]: [String; 4]) -> AnyView {
    let today = list.today;
    let nothing = list.rows.is_empty();
    let count = list.idle;
    let only_idle = idle == "true";
    let rows = list.rows.into_iter().map(|unit| row(unit, today)).collect_view();
    let next = list
        .next
        .map(|next| onward([state.clone(), idle, search.clone(), next], "下一页"));
    let first = (!after.is_empty()).then(|| view! { <a class="btn line" href="/units">"回到第一页"</a> }.erased());
    view! {
        {(count.number > 0 && !only_idle).then(|| view! {
            <Banner tone=Tone::Warn icon=LuInfo title=format!("{count} 家本机构认证的单位已经长期没有开展见习")>
                <span>"系统不会自动清退，请逐家核实后办理。"</span>
                <a class="btn s" href="/units?idle=true">"只看这些单位"</a>
            </Banner>
        })}
        {only_idle.then(|| view! {
            <Banner tone=Tone::Info icon=LuInfo title="只显示长期没有开展见习的单位"><a href="/units">"看全部单位"</a></Banner>
        })}
        {(!only_idle).then(|| filter(&state, &search))}
        <section class="card stack roster" aria-labelledby="list-title">
            <h2 id="list-title">"单位名单"</h2>
            {if nothing {
                view! {
                    <EmptyState icon=LuBuilding2 title="没有符合条件的单位">
                        <p>"换一个条件再找；新单位注册并提交认证后会出现在这里。"</p>
                    </EmptyState>
                }
                .erased()
            } else {
                view! {
                    <DataTable label="单位">
                        {heads(&["单位", "状态", "认证", "见习中", "最近一次见习活动"])}
                        <tbody role="rowgroup">{rows}</tbody>
                    </DataTable>
                }
                .erased()
            }}
            <div class="row wrap">{first}{next}</div>
        </section>
    }
    .erased()
}

/// A plain form whose fields become the address.
fn filter(state: &str, search: &str) -> AnyView {
    let (state, search) = (RwSignal::new(state.to_owned()), RwSignal::new(search.to_owned()));
    let states: Vec<Choice> = CertificationState::ALL
        .into_iter()
        .map(|state| Choice::new(state.code(), state.label()))
        .collect();
    view! {
        <form class="card unit-filter" method="get" action="/units" role="search" aria-label="查找单位">
            <TextField label="单位名称" name="search" value=search required=false autocomplete="off" maxlength=50/>
            <SelectField label="状态" name="state" value=state options=Signal::stored(states) required=false placeholder="全部状态"/>
            <div class="row wrap">
                <button type="submit" class="btn">"查找"</button>
                <a class="btn line" href="/units">"清空"</a>
            </div>
        </form>
    }
    .erased()
}

/// The same filter from another place on: a form, so that names need no escaping of ours.
fn onward(values: [String; 4], label: &'static str) -> AnyView {
    let fields = FIELDS
        .into_iter()
        .zip(values)
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! { <form method="get" action="/units">{fields}<button type="submit" class="btn line">{label}</button></form> }
        .erased()
}

fn row(unit: UnitRow, today: domain::Day) -> impl IntoView {
    let href = format!("/units/{}", unit.id);
    let since = unit.since.map(full_day_label).unwrap_or_else(|| "—".to_owned());
    let by = unit.certified_by.clone().unwrap_or_default();
    let quiet = quiet(&unit, today);
    let idle = unit.idle.then(|| view! { <Chip tone=Tone::Warn>"可核实清退"</Chip> });
    let over = unit
        .is_rectification_over(today)
        .then(|| view! { <Chip tone=Tone::Bad>"整改期限已过，请复核"</Chip> }.erased());
    view! {
        <tr role="row">
            <th class="who" role="rowheader" scope="row">
                <a class="name" href=href>{unit.name}</a>
                <div class="small muted">{unit.county}</div>
            </th>
            <td class="sum" role="cell"><Chip tone=facts::tone(unit.state)>{unit.state.label()}</Chip></td>
            <td class="full num" role="cell" {..attr("data-label", "认证")}>{since}<div class="small muted">{by}</div></td>
            <td class="full num" role="cell" {..attr("data-label", "见习中")}>{unit.people}" 人"</td>
            <td class="full" role="cell" {..attr("data-label", (unit.people == 0).then_some("最近活动"))}>{quiet}" "{idle}{over}</td>
        </tr>
    }
}

/// For how long nothing has happened at the host.
pub(super) fn quiet(unit: &UnitRow, today: domain::Day) -> String {
    if unit.people > 0 {
        return "正在见习".to_owned();
    }
    match days_between(unit.last_sign, today) {
        days if days < 1 => "今天".to_owned(),
        days if days < 60 => format!("{days} 天前"),
        days => format!("{}（{} 个月前）", full_day_label(unit.last_sign), days / 30),
    }
}
