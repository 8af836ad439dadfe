//! `/rules/:region/new`: a new version, typed as a document and checked by the server.

use super::flaws::{DocumentField, Draft, Flaws};
use super::{api, failed};
use crate::feature::host;
use crate::ui::Erased;
use crate::ui::{Banner, DataTable, PageHead, StaffFrame, SubmitButton, Tone};
use domain::rulepack::NewVersionStart;
use domain::value::full_day_label;
use icondata_lu::{LuCircleCheck, LuInfo};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The name under which an unfinished version outlives a reload.
const KEPT: &str = "jianxi.rules";

/// `/rules/:region/new`.
#[component]
pub fn NewVersionPage() -> impl IntoView {
    let params = use_params_map();
    let code = Memo::new(move |_| params.with(|params| params.get("region").unwrap_or_default()));
    let start = crate::api::read(move || code.get(), api::start);
    view! {
        <Title text="新增规则版本"/>
        <StaffFrame current="/rules">
            <Suspense fallback=host::waiting>
                {move || Suspend::new(async move {
                    match start.await {
                        Ok(start) => view! { <NewVersion start/> }.into_any(),
                        Err(error) => failed("新增规则版本", &error),
                    }
                })}
            </Suspense>
        </StaffFrame>
    }
}

#[component]
fn NewVersion(start: NewVersionStart) -> impl IntoView {
    let draft = Draft::new([KEPT, ".", &start.region].concat(), start.document.clone());
    let added = RwSignal::new(None::<String>);
    let back = ["/rules/", &start.region].concat();
    let region = StoredValue::new(start.region.clone());
    let proposal = StoredValue::new(start.document);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if draft.busy.get_untracked() {
            return;
        }
        draft.busy.set(true);
        added.set(None);
        let (region, text) = (region.get_value(), draft.text.get_untracked());
        spawn_local(async move {
            let answer = api::add(region, text).await;
            draft.busy.try_set(false);
            match answer {
                Ok(day) => {
                    draft.forget();
                    added.try_set(Some(full_day_label(day)));
                }
                Err(error) => draft.refuse(error),
            }
        });
    };
    let region_page = back.clone();
    let told = move || {
        added.get().map(|day| {
            let href = region_page.clone();
            view! {
                <Banner tone=Tone::Ok icon=LuCircleCheck title=["已保存，", &day, "起生效"].concat()>
                    <span>"生效前办理的事项仍按原来的版本。"</span>
                    <a class="btn s" href=href>"看这个地区的版本"</a>
                </Banner>
            }
            .erased()
        })
    };
    view! {
        <PageHead title=["新增版本 · ", &start.name].concat() sub=format!("最早从 {} 起生效", full_day_label(start.earliest))>
            <a class="btn s line" href=back>"回到这个地区"</a>
        </PageHead>
        <div role="status">{told}</div>
        <div class="split even">
            <form class="card form" novalidate=true on:submit=send>
                <DocumentField label="规则文件（TOML）" hint="只写与上级不同的字段；每项的依据写在 # 后面。填的内容会留在这台设备上，直到保存成功。" draft/>
                <div class="actions">
                    <SubmitButton label="检查并保存" busy_label="正在检查…" busy=draft.busy class="btn"/>
                    <button type="button" class="btn line" on:click=move |_| {
                        draft.forget();
                        draft.text.set(proposal.get_value());
                    }>"恢复成现行版本"</button>
                </div>
            </form>
            <div class="stack">
                <Flaws draft/>
                <Banner tone=Tone::Info icon=LuInfo title="保存后不能修改">
                    <span>"写错了就再加一个更晚生效的版本。"</span>
                </Banner>
                {fields(start.fields)}
            </div>
        </div>
    }
}

/// Everything that a document may set.
fn fields(fields: Vec<(String, String, String)>) -> AnyView {
    let rows = fields
        .into_iter()
        .map(|(name, label, expected)| {
            view! {
                <tr>
                    <th scope="row"><span class="name">{label}</span><div class="small muted">{name}</div></th>
                    <td class="small">{expected}</td>
                </tr>
            }
            .erased()
        })
        .collect_view();
    view! {
        <details class="card rules-text">
            <summary>"可以写的字段"</summary>
            <DataTable label="可以写的字段">
                <thead><tr><th scope="col">"字段"</th><th scope="col">"要求"</th></tr></thead>
                <tbody>{rows}</tbody>
            </DataTable>
        </details>
    }
    .erased()
}
