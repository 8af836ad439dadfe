//! Adding a site, and changing one: whom a change affects, and what happens when somebody else changed it meanwhile.

use super::api;
use super::fields::{Draft, Fields, blank, of_site};
use crate::api::ApiError;
use crate::device::kept;
use crate::feature::host::form::Errors;
use crate::feature::{certification, host};
use crate::ui::Erased;
use crate::ui::{Banner, HostFrame, PageHead, Tone};
use domain::SiteId;
use domain::rulepack::RulePack;
use domain::site::{SiteForm, SiteView};
use icondata_lu::{LuCircleCheck, LuInfo, LuTriangleAlert};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The name under which an unfinished new site outlives a reload.
const KEPT: &str = "jianxi.site";

/// `/host/sites/new`.
#[component]
pub fn NewSitePage() -> impl IntoView {
    let read = crate::api::read(|| (), |()| read());
    view! {
        <Title text="添加签到地点"/>
        <HostFrame current="/host/sites">
            <Suspense fallback=host::waiting>
                {move || Suspend::new(async move {
                    match read.await {
                        Ok((Some(why), _)) => view! {
                            <PageHead title="添加签到地点"/>
                            {certification::closed("单位还不能添加签到地点", why)}
                        }
                        .into_any(),
                        Ok((None, rules)) => view! { <NewSite rules/> }.erased(),
                        Err(error) => host::failed("添加签到地点", &error),
                    }
                })}
            </Suspense>
        </HostFrame>
    }
}

/// What stands in the way (a site needs the verified identity alone, not the certification), and the rules.
async fn read() -> Result<(Option<String>, RulePack), ApiError> {
    let closed = certification::api::summary().await?.unverified;
    Ok((closed, host::api::rules().await?.rules))
}

#[component]
fn NewSite(rules: RulePack) -> impl IntoView {
    let draft = Draft::new(blank(&rules));
    draft.outlive_reloads(StoredValue::new(KEPT.to_owned()));
    let rules = StoredValue::new(rules);
    let errors = Errors::new();
    let busy = RwSignal::new(false);
    let added = RwSignal::new(None::<(SiteId, String)>);
    let save = Callback::new(move |form: SiteForm| {
        busy.set(true);
        spawn_local(async move {
            let answer = api::add(form.clone()).await;
            busy.try_set(false);
            match answer {
                Ok(id) => {
                    kept::forget(KEPT);
                    added.try_set(Some((id, form.name.trim().to_owned())));
                }
                Err(error) => show(errors, error),
            }
        });
    });
    let another = move |_| {
        draft.fill(rules.with_value(blank));
        added.set(None);
    };
    view! {
        <PageHead title="添加签到地点" sub="站在工作的地方定位最省事，也可以从地图上复制坐标"/>
        {move || match added.get() {
            None => view! { <Fields draft rules errors busy action="添加地点" save/> }.erased(),
            Some((id, name)) => view! {
                <Banner tone=Tone::Ok icon=LuCircleCheck title=["已添加 ", &name].concat()>
                    <span>"录入见习人员时就能选它。"</span>
                    <span class="row wrap">
                        <a class="btn s" href="/host/people/new">"录入见习人员"</a>
                        <a class="btn s line" href=["/host/sites/", &id.to_string()].concat()>"看这个地点"</a>
                        <button type="button" class="btn s line" on:click=another>"再添加一个"</button>
                    </span>
                </Banner>
            }
            .erased(),
        }}
    }
}

/// `/host/sites/:id`.
#[component]
pub fn SitePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<SiteId>().ok())));
    let site = crate::api::read(
        move || id.get(),
        |id| async move {
            let id = id.ok_or(ApiError::NotFound)?;
            Ok::<_, ApiError>((api::get(id).await?, host::api::rules().await?.rules))
        },
    );
    view! {
        <Title text="签到地点"/>
        <HostFrame current="/host/sites">
            <Suspense fallback=host::waiting>
                {move || Suspend::new(async move {
                    match site.await {
                        Ok((site, rules)) => view! { <OneSite site rules/> }.erased(),
                        Err(error) => host::failed("签到地点", &error),
                    }
                })}
            </Suspense>
        </HostFrame>
    }
}

/// What the page says above the form.
#[derive(Clone)]
enum Outcome {
    Saved,
    /// Somebody else saved first; this is what stands now.
    Changed(Option<SiteView>),
}

#[component]
fn OneSite(site: SiteView, rules: RulePack) -> impl IntoView {
    let key = StoredValue::new(kept_name(&site));
    let draft = Draft::new(of_site(&site));
    draft.outlive_reloads(key);
    let rules = StoredValue::new(rules);
    let errors = Errors::new();
    let busy = RwSignal::new(false);
    let outcome = RwSignal::new(None::<Outcome>);
    let recent = site.recent.clone();
    let site = RwSignal::new(site);
    let save = Callback::new(move |form: SiteForm| {
        busy.set(true);
        outcome.set(None);
        let (id, version) = site.with_untracked(|site| (site.id, site.version));
        spawn_local(async move {
            let answer = api::change(id, version, form).await;
            let now = match &answer {
                Ok(()) | Err(ApiError::Conflict { .. }) => api::get(id).await.ok(),
                Err(_) => None,
            };
            busy.try_set(false);
            match answer {
                Ok(()) => {
                    key.try_with_value(|key| kept::forget(key));
                    outcome.try_set(Some(Outcome::Saved));
                }
                Err(ApiError::Conflict { .. }) => {
                    outcome.try_set(Some(Outcome::Changed(now.clone())));
                }
                Err(error) => show(errors, error),
            }
            // The next save speaks about the row as it stands now.
            if let Some(now) = now {
                key.try_set_value(kept_name(&now));
                site.try_set(now);
            }
        });
    });
    let affected = ViewFn::from(move || site.with(|site| affected(site.people)));
    view! {
        <PageHead title=site.with_untracked(|site| site.name.clone()) sub=Signal::derive(move || site.with(|site| people(site.people)))/>
        {move || outcome.get().map(|outcome| told(outcome, site.with_untracked(|site| site.people)))}
        <Fields draft rules errors busy action="保存修改" recent save before_button=affected/>
    }
}

/// A draft belongs to the version that it started from.
fn kept_name(site: &SiteView) -> String {
    format!("{KEPT}.{}.{}", site.id, site.version)
}

fn people(count: u32) -> String {
    if count == 0 {
        "还没有人在这里见习".to_owned()
    } else {
        format!("{count} 人在这里签到")
    }
}

/// Whom a change affects, said before it is made.
fn affected(count: u32) -> Option<AnyView> {
    (count > 0).then(|| {
        view! {
            <Banner tone=Tone::Info icon=LuInfo title=format!("保存后影响 {count} 人")>
                <span>"他们下一次签到起按新的范围判断；已有的签到结果不变。"</span>
            </Banner>
        }
        .erased()
    })
}

fn told(outcome: Outcome, count: u32) -> AnyView {
    match outcome {
        Outcome::Saved => {
            let words = if count == 0 {
                "现在还没有人在这里见习。".to_owned()
            } else {
                format!("{count} 人从下一次签到起按新的范围判断，已有的签到结果不变。")
            };
            view! { <Banner tone=Tone::Ok icon=LuCircleCheck title="已保存"><span>{words}</span></Banner> }.erased()
        }
        Outcome::Changed(now) => {
            let stands = now.map_or_else(
                || "请刷新页面看看现在的内容。".to_owned(),
                |now| format!("现在保存的是“{}”，半径 {}。", now.name, now.radius.label()),
            );
            view! {
                <Banner tone=Tone::Bad icon=LuTriangleAlert title="还没有保存：刚刚有人改过这个地点">
                    <span>{stands}"您填的内容还在下面，确认无误后再保存一次。"</span>
                </Banner>
            }
            .erased()
        }
    }
}

/// Puts what the server said where it belongs.
fn show(errors: Errors, error: ApiError) {
    match error {
        ApiError::SignIn => host::leave_for_sign_in(),
        ApiError::Invalid { errors: wrong } => errors.set(wrong),
        ApiError::Transport => {
            errors.set_general("没有网络，可能还没有保存。填的内容存在这台设备上，连上网后再点一次。".to_owned());
        }
        error => errors.set_general(error.message()),
    }
}
