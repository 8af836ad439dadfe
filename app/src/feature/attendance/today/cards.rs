//! The other cards of 今天: invitations, today's check-ins, and what to do before there is anything to check in for.

use crate::feature::attendance::record::Record;
use crate::feature::form::PostForm;
use crate::feature::trainee::api::{SetConsent, set_consent};
use crate::ui::{Banner, Chip, EmptyState, Icon, SubmitButton, Tone};
use crate::ui::{Erased, attr};
use domain::attendance::CheckInView;
use domain::identity::IdentityState;
use domain::internship::OfferView;
use domain::value::month_day_label;
use icondata_lu::{LuChevronRight, LuCircleAlert, LuHandshake, LuMailOpen, LuShieldCheck};
use leptos::prelude::*;
use server_fn::ServerFn;

/// Invitations that wait for an answer; nothing without one.
pub(super) fn offers(offers: Vec<OfferView>) -> AnyView {
    if offers.is_empty() {
        return ().into_any();
    }
    let count = [&offers.len().to_string(), " 份"].concat();
    let line = |offer: OfferView| {
        let dates = [
            &month_day_label(offer.starts_on),
            "—",
            &month_day_label(offer.ends_on),
            " · 每月 ",
            &offer.allowance.to_string(),
        ];
        view! {
            <li>
                <a class="offer-line" href=["/offer/", &offer.id.to_string()].concat()>
                    <span class="ava info" {..attr("aria-hidden", "true")}><Icon icon=LuMailOpen/></span>
                    <span class="grow">
                        <b>{offer.host} " · " {offer.post}</b>
                        <span class="small muted num">{dates.concat()}</span>
                    </span>
                    <span class="nowrap row tight">"查看并答复" <Icon icon=LuChevronRight/></span>
                </a>
            </li>
        }
        .erased()
    };
    view! {
        <section class="card stack" {..attr("aria-labelledby", "offers")}>
            <div class="row between"><h2 id="offers">"等你确认的见习邀请"</h2><Chip tone=Tone::Info>{count}</Chip></div>
            <ul class="list">{offers.into_iter().map(line).collect_view()}</ul>
        </section>
    }
    .erased()
}

/// The 实名认证 while it is not through: nothing can be confirmed before, and its own page says more.
pub(super) fn identity(state: IdentityState, returned: bool) -> Option<AnyView> {
    (state != IdentityState::Verified).then(|| {
        let (tone, said, class, go) = if returned {
            (Tone::Warn, "被退回，请补正", "btn s", "去补正")
        } else {
            (Tone::Info, state.label(), "", "看进度和下一步")
        };
        let title = [if returned { "实名认证" } else { "实名认证：" }, said].concat();
        view! {
            <Banner tone icon=LuShieldCheck title>
                <p><a class=class href="/me/identity">{go}</a></p>
            </Banner>
        }
        .erased()
    })
}

/// Today's check-ins; nothing without one.
pub(super) fn today_list(check_ins: Vec<CheckInView>) -> AnyView {
    if check_ins.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="card stack" {..attr("aria-labelledby", "today-list")}>
            <h2 id="today-list">"今天的签到"</h2>
            <ul class="list">{check_ins.into_iter().map(|check_in| view! { <Record check_in/> }.erased()).collect_view()}</ul>
        </section>
    }
    .erased()
}

/// Neither an internship nor an offer: who takes the next step.
pub(super) fn no_internship() -> AnyView {
    view! {
        <section class="card lift">
            <EmptyState icon=LuHandshake title="还没有见习单位">
                <p>"找到愿意接收你的见习单位后，这样开始："</p>
                <ol class="steps-list">
                    <li>"把你的姓名和手机号告诉单位的经办人，要和注册时填的一样。"</li>
                    <li>"经办人登记后，见习邀请会出现在这里。"</li>
                    <li>"你看清岗位、日期和生活费，点“确认参加”，就可以签到了。"</li>
                </ol>
            </EmptyState>
        </section>
    }
    .erased()
}

/// No internship yet, but an offer waits.
pub(super) fn answer_first() -> AnyView {
    view! {
        <section class="card lift">
            <EmptyState icon=LuMailOpen title="有单位邀请你见习">
                <p>"看清岗位、日期和生活费，确认参加后就可以签到了。"</p>
            </EmptyState>
        </section>
    }
    .erased()
}

/// Giving the consent: on its way, and what went wrong.
#[derive(Clone, Copy)]
pub(super) struct Consent {
    busy: RwSignal<bool>,
    failed: RwSignal<String>,
    given: Callback<()>,
}

impl Consent {
    /// `given` runs after the server has it.
    pub fn new(given: Callback<()>) -> Self {
        Self {
            busy: RwSignal::new(false),
            failed: RwSignal::new(String::new()),
            given,
        }
    }

    fn give(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = set_consent(true).await;
            self.busy.try_set(false);
            match answer {
                Ok(()) => {
                    self.failed.try_set(String::new());
                    self.given.try_run(());
                }
                Err(error) => {
                    self.failed.try_set(error.message());
                }
            }
        });
    }
}

/// Without the consent nothing may be located: what it is for, and the button that gives it.
pub(super) fn ask_consent(consent: Consent) -> AnyView {
    let give = Callback::new(move |()| consent.give());
    let failed = move || Some(consent.failed.get()).filter(|failed| !failed.is_empty());
    view! {
        <div class="stack consent">
            <p class="row start"><Icon icon=LuShieldCheck/><b class="grow">"签到前，请先同意使用定位"</b></p>
            <p>"只在你按下“签到”时读取一次位置，用来判断你在不在单位附近；平时不读取。单位能看到距离、结果，以及最近几次签到在地点示意图上的位置；每次查看都有记录。"</p>
            <p class="small muted">"同意也包括以后发放生活费要用的银行卡信息。随时可以在“我的”里收回。"</p>
            <PostForm action=SetConsent::url() on_submit=give>
                <input type="hidden" name="given" value="true"/>
                <SubmitButton label="同意使用定位" busy=consent.busy/>
            </PostForm>
            {move || failed().map(|title| view! { <Banner tone=Tone::Bad icon=LuCircleAlert title/> }.erased())}
        </div>
    }
    .erased()
}
