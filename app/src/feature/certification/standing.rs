//! Above and below the application: who acts until when, what an agency said, and the way of the case.

use super::api;
use super::page::Reading;
use crate::api::ApiError;
use crate::feature::host;
use crate::ui::{Banner, Erased, Tone};
use domain::certification::{CertificationPage as Page, CertificationState, UnitActView};
use domain::identity::IdentityState;
use domain::review::{CaseState, Standing};
use domain::value::full_day_label;
use icondata_lu::{LuCircleAlert, LuCircleCheck, LuClock, LuInfo};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Who acts now and until when, and what happens next.
pub(super) fn standing(page: &Page, reading: Reading) -> AnyView {
    let version = page.version;
    let why = page.last_act.as_ref().map(reason);
    match page.state {
        CertificationState::Draft => view! {
            {identity(page.identity, page.identity_returned)}
            {page.case.as_ref().and_then(refused_before)}
        }
        .into_any(),
        CertificationState::Submitted => page.case.as_ref().map_or_else(|| ().into_any(), under_way),
        CertificationState::Certified => {
            let by = page.certified_by.clone().unwrap_or_else(|| "人社部门".to_owned());
            let since = page.certified_on.map(full_day_label).unwrap_or_default();
            banner(
                Tone::Ok,
                "本单位已通过认证",
                format!("{since}由{by}认证，可以接收见习人员。每个单位只认证一次。"),
            )
        }
        CertificationState::Rejected => {
            let why = page
                .case
                .as_ref()
                .and_then(|case| case.reason.clone())
                .unwrap_or_default();
            view! {
                <Banner tone=Tone::Bad icon=LuCircleAlert title="申请没有通过">
                    <span>{why}</span>
                    <Restart label="修改后重新申请" version reading/>
                </Banner>
            }
            .erased()
        }
        CertificationState::Rectifying => {
            let until = page.rectify_until.map(full_day_label).unwrap_or_default();
            let by = page
                .last_act
                .as_ref()
                .map_or_else(|| "认证机构".to_owned(), |act| act.agency.clone());
            let (tone, title) = if page.rectify_until.is_some_and(|until| until < page.today) {
                (Tone::Bad, format!("整改期限{until}已经过了"))
            } else {
                (Tone::Warn, format!("请在{until}前完成整改"))
            };
            view! {
                <Banner tone icon=LuCircleAlert title>
                    {why}
                    <span>"改好后请告诉"{by}"，由它复核。拒不整改会被取消资格。现有的见习人员照常见习。"</span>
                </Banner>
            }
            .erased()
        }
        CertificationState::CleanedOut => view! {
            <Banner tone=Tone::Bad icon=LuCircleAlert title="本单位已被清退，不能接收见习人员">
                {why}
                <Restart label="重新申请认证" version reading/>
            </Banner>
        }
        .erased(),
        CertificationState::Disqualified => {
            let over = page.banned_until.is_none_or(|until| until <= page.today);
            let until = page.banned_until.map(full_day_label).unwrap_or_default();
            view! {
                <Banner tone=Tone::Bad icon=LuCircleAlert title="本单位已被取消见习资格">
                    {why}
                    {if over {
                        view! { <Restart label="重新申请认证" version reading/> }.erased()
                    } else {
                        view! { <span>{until}"起才能重新申请。有异议请联系认证机构。"</span> }.erased()
                    }}
                </Banner>
            }
            .erased()
        }
    }
}

fn banner(tone: Tone, title: &str, text: String) -> AnyView {
    let icon = match tone {
        Tone::Ok => LuCircleCheck,
        Tone::Warn | Tone::Bad => LuCircleAlert,
        Tone::Info | Tone::Plain => LuInfo,
    };
    view! { <Banner tone icon title=title.to_owned()><span>{text}</span></Banner> }.erased()
}

/// Nothing is sent before the host is who it says.
fn identity(state: IdentityState, returned: bool) -> AnyView {
    let (title, text) = match state {
        IdentityState::Verified => return ().into_any(),
        IdentityState::Unverified => (
            "先完成单位实名认证，再提交这份申请",
            "现在可以填写并保存草稿；实名认证通过后就能提交。",
        ),
        IdentityState::Manual if returned => (
            "单位实名认证被退回，请先补正",
            "现在可以填写并保存草稿；实名认证按原因改好、通过后就能提交。",
        ),
        IdentityState::Checking | IdentityState::Manual => (
            "单位实名认证正在审核",
            "现在可以填写并保存草稿；实名认证通过后就能提交。",
        ),
        IdentityState::Rejected => ("单位实名认证没有通过", "请先按原因修改实名认证，重新提交。"),
    };
    view! {
        <Banner tone=Tone::Warn icon=LuInfo title=title>
            <span>{text}</span>
            <a class="btn s" href="/host/unit">"去单位资料"</a>
        </Banner>
    }
    .erased()
}

fn under_way(case: &Standing) -> AnyView {
    if case.state == CaseState::Returned {
        let fields: Vec<String> = case.fields.iter().map(|(_, label)| format!("“{label}”")).collect();
        let title = format!("{}退回了申请，请修改{}", case.agency, fields.join("、"));
        let why = case.reason.clone().unwrap_or_default();
        let first = super::page::first_open(case).map(|field| ["#s-", field].concat());
        return view! {
            <Banner tone=Tone::Warn icon=LuCircleAlert title=title>
                <span>"原因："{why}</span>
                <span>"只能修改标出的内容，其余已经封存。改好后点“重新提交”。"</span>
                {first.map(|href| view! { <a class="btn s" href=href rel="external">"去修改"</a> }.erased())}
            </Banner>
        }
        .erased();
    }
    let taken_back = case.taken_back.then(|| {
        let why = case.reason.clone().unwrap_or_default();
        view! { <span>"先前的审核已被撤销，原因："{why}</span> }.erased()
    });
    let title = format!("{}正在审核（{}）", case.agency, case.purpose.label());
    let due = case.due.map_or_else(
        || "请等审核结果。".to_owned(),
        |due| format!("{}。现在不用操作，内容已封存。", due.until()),
    );
    view! { <Banner tone=Tone::Info icon=LuClock title=title>{taken_back}<span>{due}</span></Banner> }.erased()
}

/// Why the application before was refused, while a new one is written.
fn refused_before(case: &Standing) -> Option<AnyView> {
    (case.state == CaseState::Rejected).then(|| {
        let why = case.reason.clone().unwrap_or_default();
        banner(Tone::Info, "上次的申请没有通过，请按原因修改", format!("原因：{why}"))
    })
}

fn reason(act: &UnitActView) -> AnyView {
    let words = format!(
        "{}，{}（{}）：{}",
        full_day_label(act.on),
        act.act.label(),
        act.agency,
        act.reason
    );
    view! { <span>{words}</span> }.erased()
}

/// Begins anew with what was typed before.
#[component]
fn Restart(label: &'static str, version: i64, reading: Reading) -> impl IntoView {
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    let press = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = api::restart(version).await;
            busy.try_set(false);
            match answer {
                Ok(()) => reading.refetch(),
                Err(ApiError::SignIn) => host::leave_for_sign_in(),
                Err(error) => {
                    failed.try_set(Some(error.message()));
                }
            }
        });
    };
    let flag = move || busy.get().then_some("true");
    view! {
        <button type="button" class="btn s" aria-busy=flag aria-disabled=flag on:click=press>{label}</button>
        <span role="alert">{move || failed.get()}</span>
    }
    .erased()
}

/// The stages of the case.
pub(super) fn way(case: &Standing) -> AnyView {
    // After a refusal nothing comes: the way ends where it was refused.
    let reached = case.stages.iter().take_while(|stage| stage.passed_at.is_some()).count() + 1;
    let ends = if case.state == CaseState::Rejected {
        reached
    } else {
        case.stages.len()
    };
    let stages = case
        .stages
        .iter()
        .take(ends)
        .map(|stage| {
            let class = if stage.passed_at.is_some() {
                "done"
            } else if stage.current {
                "now"
            } else {
                ""
            };
            let when = match (stage.passed_at, case.state, stage.due) {
                (Some(at), ..) => format!("{}通过", full_day_label(at.day())),
                (None, CaseState::Rejected, _) => {
                    let day = case.decided_at.map(|at| full_day_label(at.day())).unwrap_or_default();
                    format!("{day}没有通过")
                }
                (None, CaseState::Returned, _) if stage.current => "已退回，等本单位修改后重新提交".to_owned(),
                (None, CaseState::Submitted, Some(due)) if stage.current => due.until(),
                (None, CaseState::Submitted | CaseState::Returned | CaseState::Approved, _) => {
                    "还没有到这一步".to_owned()
                }
            };
            let title = format!("{} · {}", stage.purpose.label(), stage.agency);
            view! { <li class=class><b>{title}</b><div class="small muted">{when}</div></li> }
        })
        .collect_view();
    view! {
        <section class="card stack" aria-labelledby="way-title">
            <h2 id="way-title">"审核经过"</h2>
            <ol class="steps">{stages}</ol>
        </section>
    }
    .erased()
}
