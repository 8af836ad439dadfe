//! `/host/unit`: 单位资料. Where the unit stands and who acts until when, then what it hands in for its identity.

use super::api;
use super::identity_form::IdentityForm;
use crate::feature::file::FilePapers;
use crate::feature::{certification, host};
use crate::ui::{Banner, Chip, Erased, HostFrame, PageHead, Tone};
use domain::certification::CertificationState;
use domain::host::HostUnitView;
use domain::identity::IdentityState;
use domain::review::{CaseState, Standing};
use domain::value::{day_label, full_day_label};
use icondata_lu::{LuCircleCheck, LuInfo, LuTriangleAlert};
use leptos::prelude::*;
use leptos_meta::Title;

/// `/host/unit`
#[component]
pub fn UnitPage() -> impl IntoView {
    let unit = crate::api::read(|| (), |()| api::unit());
    let sent = RwSignal::new(false);
    let submitted = Callback::new(move |()| {
        sent.set(true);
        unit.refetch();
    });
    view! {
        <Title text="单位资料"/>
        <HostFrame current="/host/unit">
            <Suspense fallback=host::waiting>
                {move || Suspend::new(async move {
                    match unit.await {
                        Ok(view) => page(view, sent, submitted),
                        Err(error) => host::failed("单位资料", &error),
                    }
                })}
            </Suspense>
        </HostFrame>
    }
    .erased()
}

fn page(view: HostUnitView, sent: RwSignal<bool>, submitted: Callback<()>) -> AnyView {
    let data = if view.may_submit() {
        view! { <IdentityForm view=view.clone() submitted/> }.erased()
    } else {
        sealed(&view)
    };
    view! {
        <PageHead title="单位资料" sub=view.name.clone()/>
        {move || sent.get().then(|| view! {
            <Banner tone=Tone::Ok icon=LuCircleCheck title="已提交，等待审核"><span>"审核有了结果，这里会显示。"</span></Banner>
        }.erased())}
        <div class="split even">
            <div class="stack">
                {overview(&view)}
                {certification(&view)}
            </div>
            {data}
        </div>
    }
    .erased()
}

/// Where the identity stands, who acts until when, and why it came back.
fn overview(view: &HostUnitView) -> AnyView {
    let tone = match view.identity {
        IdentityState::Verified => Tone::Ok,
        IdentityState::Rejected => Tone::Bad,
        IdentityState::Unverified | IdentityState::Checking | IdentityState::Manual => Tone::Warn,
    };
    let state = match &view.case {
        Some(case) if case.state == CaseState::Returned && view.identity == IdentityState::Manual => "已退回，待补正",
        Some(_) | None => view.identity.label(),
    };
    let words = match (view.identity, &view.case) {
        (IdentityState::Unverified, _) => not_yet(view.agency.as_deref()),
        (IdentityState::Checking | IdentityState::Manual, Some(case)) if case.state == CaseState::Returned => {
            returned(case)
        }
        (IdentityState::Checking | IdentityState::Manual, Some(case)) => waits(case),
        (IdentityState::Checking | IdentityState::Manual, None) => view! { <p>"正在审核，请等结果。"</p> }.erased(),
        (IdentityState::Rejected, case) => rejected(case.as_ref()),
        (IdentityState::Verified, _) => verified(view),
    };
    view! {
        <section class="card stack" aria-labelledby="identity">
            <div class="row">
                <h2 id="identity" class="grow">"单位实名认证"</h2>
                <Chip tone>{state}</Chip>
            </div>
            {words}
        </section>
    }
    .erased()
}

fn not_yet(agency: Option<&str>) -> AnyView {
    let who = match agency {
        Some(agency) => format!("填好资料、上传营业执照和授权书后提交，由{agency}审核。"),
        None => "经营地址还没有对应的县级经办机构，现在提交不了。请联系当地人社部门。".to_owned(),
    };
    view! {
        <p>{who}</p>
        <p class="small muted">"通过以后才能申请见习单位认证、设置签到地点、接收见习人员。"</p>
    }
    .erased()
}

fn waits(case: &Standing) -> AnyView {
    let until = case
        .due
        .map(|due| format!("{}前，{}{}", day_label(due.day), due.words(), due.remark()));
    view! {
        <dl class="facts">
            <dt>"谁在办"</dt>
            <dd>{case.agency.clone()}</dd>
            {until.map(|until| view! { <dt>"时限"</dt><dd>{until}</dd> })}
            <dt>"提交"</dt>
            <dd>{day_label(case.submitted_at.day())}</dd>
        </dl>
        <p class="small muted">"审核期间资料不能修改。要改请联系审核的机构退回。"</p>
    }
    .erased()
}

fn returned(case: &Standing) -> AnyView {
    let fields: Vec<&str> = case.fields.iter().map(|(_, label)| label.as_str()).collect();
    let (fields, reason) = (fields.join("、"), case.reason.clone());
    view! {
        <Banner tone=Tone::Warn icon=LuTriangleAlert title=[case.agency.as_str(), "退回，请补正"].concat()>
            <span>"原因："{reason}</span>
            <span>"要改的："{fields}"。其他内容已经封存，不用改。"</span>
        </Banner>
    }
    .erased()
}

fn rejected(case: Option<&Standing>) -> AnyView {
    let (agency, reason) = case.map_or((String::new(), None), |case| (case.agency.clone(), case.reason.clone()));
    view! {
        <Banner tone=Tone::Bad icon=LuTriangleAlert title=[&agency, "审核没有通过"].concat()>
            {reason.map(|reason| view! { <span>"原因："{reason}</span> })}
            <span>"按原因改好以后，可以重新提交。"</span>
        </Banner>
    }
    .erased()
}

fn verified(view: &HostUnitView) -> AnyView {
    let when = match (view.identity_at, &view.case) {
        (Some(at), Some(case)) => format!("{}由{}审核通过。", full_day_label(at.day()), case.agency),
        (Some(at), None) => format!("{}通过。", full_day_label(at.day())),
        (None, _) => "由人社部门开通时已经核实。".to_owned(),
    };
    view! {
        <p>{when}</p>
        <p class="small muted">"认证后的资料不能自己改。单位名称、地址、法定代表人或经办人变了，请联系审核的人社部门办理。"</p>
    }
    .erased()
}

/// 见习单位认证, the next thing after the identity. Its form can be filled in while the identity waits.
fn certification(view: &HostUnitView) -> AnyView {
    let summary = &view.certification;
    let (tone, state) = match summary.state {
        CertificationState::Submitted if summary.returned => (Tone::Warn, certification::RETURNED),
        state => (certification::tone(state), state.label()),
    };
    // The way to this page is none on the page itself.
    let next = match (summary.state, view.identity) {
        (CertificationState::Draft, IdentityState::Unverified) => {
            "填好下面的资料并提交。单位实名认证通过后，就能提交见习单位认证申请。".to_owned()
        }
        (CertificationState::Draft, IdentityState::Manual | IdentityState::Rejected) if view.may_submit() => {
            "请先按原因改好下面的资料，重新提交。单位实名认证通过后，就能提交见习单位认证申请。".to_owned()
        }
        (CertificationState::Draft, IdentityState::Checking | IdentityState::Manual) => {
            "单位实名认证通过后，就能提交见习单位认证申请。现在可以先填写并保存草稿。".to_owned()
        }
        _ => summary.next.clone(),
    };
    view! {
        <section class="card stack" aria-labelledby="certification">
            <div class="row">
                <h2 id="certification" class="grow">"见习单位认证"</h2>
                <Chip tone>{state}</Chip>
            </div>
            <p>{next}</p>
            <a class="btn line" href="/host/certification">"见习单位认证"</a>
        </section>
    }
    .erased()
}

/// What was handed in, to read.
fn sealed(view: &HostUnitView) -> AnyView {
    let papers = [&view.licence, &view.operator_letter, &view.legal_representative_id];
    let files: Vec<_> = papers.into_iter().flatten().cloned().collect();
    view! {
        <section class="card stack" aria-labelledby="data">
            <h2 id="data">"资料"</h2>
            {facts(view, |_| true)}
            {(!files.is_empty()).then(|| view! { <FilePapers files/> })}
            {view.case.is_none().then(|| view! {
                <Banner tone=Tone::Info icon=LuInfo title="没有上传过材料">
                    <span>"本单位由人社部门开通，当时已经核对过材料。"</span>
                </Banner>
            }.erased())}
        </section>
    }
    .erased()
}

/// Name and value of the facts whose code is wanted.
pub(super) fn facts(view: &HostUnitView, wanted: impl Fn(&str) -> bool) -> AnyView {
    let unknown = |text: &str| {
        if text.is_empty() {
            "—".to_owned()
        } else {
            text.to_owned()
        }
    };
    let operator = match &view.phone {
        Some(phone) => format!("{} {phone}", view.operator),
        None => unknown(&view.operator),
    };
    let lines = [
        ("name", "单位名称", view.name.clone()),
        ("credit_code", "统一社会信用代码", view.credit_code.clone()),
        (
            "address",
            "经营地址",
            [view.division_name.as_str(), &view.address].concat(),
        ),
        (
            "legal_representative",
            "法定代表人",
            unknown(&view.legal_representative),
        ),
        ("operator", "经办人", operator),
    ];
    let lines = lines
        .into_iter()
        .filter(|(code, ..)| wanted(code))
        .map(|(_, label, value)| view! { <dt>{label}</dt><dd>{value}</dd> })
        .collect_view();
    view! { <dl class="facts">{lines}</dl> }.erased()
}
