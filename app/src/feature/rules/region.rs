//! `/rules/:region`: what differs here, the versions that were and will be, and the document itself.

use super::{api, failed};
use crate::feature::host;
use crate::ui::Erased;
use crate::ui::{Banner, Chip, DataTable, Icon, PageHead, StaffFrame, Tone, heads};
use domain::Day;
use domain::rulepack::{Difference, NATIONAL, RegionView, VersionLine};
use domain::value::full_day_label;
use icondata_lu::{LuInfo, LuPlus};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// `/rules/:region`.
#[component]
pub fn RegionPage() -> impl IntoView {
    let params = use_params_map();
    let code = Memo::new(move |_| params.with(|params| params.get("region").unwrap_or_default()));
    let region = crate::api::read(move || code.get(), api::region);
    view! {
        <Title text="地区规则"/>
        <StaffFrame current="/rules">
            <Suspense fallback=host::waiting>
                {move || Suspend::new(async move {
                    match region.await {
                        Ok(region) => shown(region),
                        Err(error) => failed("地区规则", &error),
                    }
                })}
            </Suspense>
        </StaffFrame>
    }
}

fn shown(region: RegionView) -> AnyView {
    let sub = format!(
        "行政区划代码 {} · 今天是 {}",
        region.region,
        full_day_label(region.today)
    );
    let add = ["/rules/", &region.region, "/new"].concat();
    let may_change = region.may_change;
    let above = region
        .above
        .iter()
        .map(|(code, name)| view! { <a class="btn s line" href=["/rules/", code].concat()>{name.clone()}</a> }.erased())
        .collect_view();
    let has_above = !region.above.is_empty();
    let document = region.document.clone();
    view! {
        <PageHead title=["规则包 · ", &region.name].concat() sub>
            <a class="btn s line" href="/rules">"全部地区"</a>
            {may_change.then(|| view! { <a class="btn s" href=add><Icon icon=LuPlus/>"新增版本"</a> })}
        </PageHead>
        {has_above.then(|| view! { <div class="row wrap"><span class="muted">"继承自"</span>{above}</div> })}
        {differences(&region.region, region.differences)}
        {versions(&region.region, region.versions, region.today)}
        {(!document.is_empty()).then(|| view! {
            <details class="card rules-text">
                <summary>"看文件原文（TOML）"</summary>
                <pre tabindex="0">{document}</pre>
            </details>
        })}
    }
    .erased()
}

fn differences(region: &str, differences: Vec<Difference>) -> AnyView {
    let is_national = region == NATIONAL;
    let columns: &[&str] = if is_national {
        &["规则", "这里", "依据"]
    } else {
        &["规则", "这里", "上级", "依据"]
    };
    if differences.is_empty() {
        return view! {
            <Banner tone=Tone::Info icon=LuInfo title="这里和上级完全一样">
                <span>"没有单独规定的项目，全部按上级的规则办理。"</span>
            </Banner>
        }
        .erased();
    }
    let rows = differences
        .into_iter()
        .map(|one| {
            view! {
                <tr role="row">
                    <th class="full" role="rowheader" scope="row"><span class="name">{one.label}</span><div class="small muted">{one.field}</div></th>
                    <td class="full strong" role="cell" data-label="这里：">{one.here}</td>
                    {(!is_national).then(|| view! { <td class="full" role="cell" data-label="上级：">{one.above}</td> })}
                    <td class="full small" role="cell" data-label="依据：">{one.source}</td>
                </tr>
            }
            .erased()
        })
        .collect_view();
    let title = if is_national {
        "全国默认值"
    } else {
        "与上级不同的规则"
    };
    view! {
        <section class="card stack roster">
            <h2>{title}</h2>
            <DataTable label=title class="table rules-table">
                {heads(columns)}
                <tbody role="rowgroup">{rows}</tbody>
            </DataTable>
        </section>
    }
    .erased()
}

fn versions(region: &str, versions: Vec<VersionLine>, today: Day) -> AnyView {
    if versions.is_empty() {
        return ().into_any();
    }
    let address = |version: &VersionLine| [region, "@", &version.version].concat();
    let before = versions.iter().skip(1).map(|older| Some(address(older))).chain([None]);
    let rows = versions
        .iter()
        .zip(before)
        .map(|(version, older)| version_row(version, address(version), older, today))
        .collect_view();
    view! {
        <section class="card stack roster">
            <h2>"版本"</h2>
            <p class="small muted">"版本只增不改：办过的事一直能查到当时用的是哪一版。"</p>
            <DataTable label="版本">
                {heads(&["版本", "生效", "状态", "来源", "对比"])}
                <tbody role="rowgroup">{rows}</tbody>
            </DataTable>
        </section>
    }
    .erased()
}

fn version_row(version: &VersionLine, address: String, older: Option<String>, today: Day) -> AnyView {
    let (tone, state) = if version.counts_on(today) {
        (Tone::Ok, "现行")
    } else if version.valid_from > today {
        (Tone::Info, "将要生效")
    } else {
        (Tone::Plain, "已被取代")
    };
    let valid = match version.valid_to {
        Some(last) => format!("{}至{}", full_day_label(version.valid_from), full_day_label(last)),
        None => format!("{}起", full_day_label(version.valid_from)),
    };
    let source = match &version.created_by {
        Some(name) => format!("{name} · {}新增", full_day_label(version.created_at.day())),
        None => "系统内置".to_owned(),
    };
    let compare = older.map(|older| {
        let href = ["/rules/compare?left=", &older, "&right=", &address].concat();
        view! { <a class="btn s line" href=href aria-label=["和前一版对比 ", &version.version].concat()>"和前一版对比"</a> }.erased()
    });
    view! {
        <tr role="row">
            <th class="who name" role="rowheader" scope="row">{version.version.clone()}</th>
            <td class="full" role="cell">{valid}</td>
            <td class="sum" role="cell"><Chip tone>{state}</Chip></td>
            <td class="full small" role="cell" data-label="来源：">{source}</td>
            <td class="full" role="cell">{compare}</td>
        </tr>
    }
    .erased()
}
