//! 今天: in one look how many check-ins are left this week, whether one is in range, and who acts next.

mod ask;
mod cards;
mod check_in;
mod flow;
mod ground;
mod panel;
mod trouble;

use super::api;
use crate::api::{ApiError, go, sign_in_path};
use crate::device::online::{is_kept_copy, mark_fresh, use_online};
use crate::device::{clock, worker};
use crate::ui::{
    Banner, Chip, DayMark, DayState, Live, Shape, Skeleton, Tone, TopBar, TraineeFrame, WeekStrip, awaited, effect,
    every,
};
use crate::ui::{Erased, attr};
use ask::AskSheet;
use cards::Consent;
use check_in::CheckIn;
use domain::Moment;
use domain::attendance::{TodayView, WeekDay, WeekDayMark, WeekQuota};
use domain::value::{day_label, weekday_label};
use icondata_lu::{LuCircleAlert, LuWifiOff};
use leptos::prelude::*;
use leptos_meta::Title;
use panel::{Around, CheckInPanel};
use std::cell::Cell;
use std::time::Duration;

/// A page that is older than this on arrival is read again.
const FRESH_MS: u64 = 60_000;
/// How often a lost network is tried anew.
const TRIED_EVERY: Duration = Duration::from_secs(15);
/// A network that has just come back often fails once more: it is tried again this much later.
const TRIED_AFTER_RETURN: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(5)];

/// The page.
#[component]
pub fn TodayPage() -> impl IntoView {
    let first = crate::api::read(|| (), |()| api::today());
    view! {
        <Title text="今天"/>
        {awaited(loading, move || async move {
            match first.await {
                Ok(first) => view! { <TodayScreen first/> }.erased(),
                Err(error) => unreadable(error, move || first.refetch()),
            }
        })}
    }
}

/// The screen of the real size while the first answer is on its way.
fn loading() -> AnyView {
    let header = view! { <header class="top"><h1>"今天"</h1></header> }.erased();
    view! {
        <TraineeFrame current="/today" header>
            <section class="card lift">
                <p class="sr" role="status">"正在读取"</p>
                <Skeleton shape=Shape::Row/>
                <div class="punch"><Skeleton shape=Shape::Disc/></div>
            </section>
        </TraineeFrame>
    }
    .erased()
}

/// A trainee's page whose content could not be read, with the way to try again. Without a network the service worker's
/// kept copy of the page is shown where there is one.
pub(crate) fn unreadable_page(
    current: &'static str,
    title: &'static str,
    error: ApiError,
    again: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    if error == ApiError::Transport && worker::controls_page() {
        go(current);
    }
    let header = view! { <TopBar title/> }.erased();
    let icon = if error == ApiError::Transport {
        LuWifiOff
    } else {
        LuCircleAlert
    };
    view! {
        <TraineeFrame current header>
            <Banner tone=Tone::Warn icon title="现在打不开这一页">
                <p>{error.message()}</p>
                {if error == ApiError::SignIn {
                    view! { <a class="btn s" href=sign_in_path(current)>"重新登录"</a> }.erased()
                } else {
                    view! { <button type="button" class="btn s" on:click=move |_| again()>"再试一次"</button> }.erased()
                }}
            </Banner>
        </TraineeFrame>
    }
    .erased()
}

fn unreadable(error: ApiError, again: impl Fn() + Send + Sync + 'static) -> AnyView {
    unreadable_page("/today", "今天", error, again)
}

/// What the screen consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    NoInternship,
    OffersOnly,
    NoConsent,
    CheckIn,
}

fn body(view: &TodayView) -> Body {
    match (&view.internship, view.offers.is_empty()) {
        (None, true) => Body::NoInternship,
        (None, false) => Body::OffersOnly,
        (Some(_), _) if !view.consented_position => Body::NoConsent,
        (Some(_), _) => Body::CheckIn,
    }
}

#[component]
fn TodayScreen(
    /// What the server said first.
    first: TodayView,
) -> impl IntoView {
    let now = RwSignal::new(first.as_of.clock());
    let view = RwSignal::new(first);
    let lost = RwSignal::new(false);
    let online = use_online();
    let again = Callback::new(move |()| read_again(view, lost));
    let consent = Consent::new(again);
    let check_in = CheckIn::new(view, again);
    keep_fresh(view, lost, online);
    run_clock(now, check_in, again);

    let around = Around {
        view,
        now,
        lost,
        online,
    };
    // News about the week must not build the panel anew.
    let checks_in = ArcMemo::new(move |_| view.with(body) == Body::CheckIn);
    let header = header(view, now);
    view! {
        <TraineeFrame current="/today" header>
            {move || {
                if checks_in.get() {
                    return week_card(view, view! { <CheckInPanel check_in around/> }.erased());
                }
                match view.with(body) {
                    Body::NoInternship => cards::no_internship(),
                    Body::OffersOnly => cards::answer_first(),
                    Body::NoConsent | Body::CheckIn => week_card(view, cards::ask_consent(consent)),
                }
            }}
            {move || around.offline().then(|| stale(view.with(|view| view.as_of)))}
            {move || view.with(|view| cards::identity(view.identity, view.returned))}
            {move || cards::offers(view.with(|view| view.offers.clone()))}
            {move || cards::today_list(view.with(|view| view.internship.as_ref().map(|here| here.today.clone())).unwrap_or_default())}
        </TraineeFrame>
        <AskSheet check_in/>
    }
    .erased()
}

/// Host, post, greeting and week.
fn header(view: RwSignal<TodayView>, now: RwSignal<String>) -> AnyView {
    let place = move || {
        view.with(|view| {
            view.internship
                .as_ref()
                .map(|here| [&here.host, " · ", &here.post].concat())
        })
    };
    let week = move || {
        view.with(|view| {
            view.internship
                .as_ref()
                .map(|here| here.week_number)
                .filter(|number| *number > 0)
        })
    };
    view! {
        <header class="top">
            <div class="row between">
                <div class="grow">
                    <div class="muted small">{move || place().unwrap_or_else(|| day_label(view.with(|view| view.today)))}</div>
                    <h1>{move || now.with(|now| greeting(now))} "，" {move || view.with(|view| view.name.clone())}</h1>
                </div>
                {move || week().map(|number| view! { <Chip>{format!("第 {number} 周")}</Chip> }.erased())}
            </div>
        </header>
    }
    .erased()
}

/// By the time of day, `09:02`.
fn greeting(clock: &str) -> &'static str {
    match clock {
        early if early < "05:00" => "夜深了",
        morning if morning < "11:00" => "早上好",
        noon if noon < "13:00" => "中午好",
        afternoon if afternoon < "18:00" => "下午好",
        _ => "晚上好",
    }
}

/// 本周考勤: quota, strip and what stands under it.
fn week_card(view: RwSignal<TodayView>, under: AnyView) -> AnyView {
    let chip = move || {
        view.with(|view| view.internship.as_ref().map(|here| quota_words(here.quota)))
            .map(|(tone, words)| view! { <Chip tone>{words}</Chip> }.erased())
    };
    let days = move || {
        view.with(|view| {
            view.internship
                .as_ref()
                .map(|here| here.week.iter().map(day_mark).collect())
        })
        .unwrap_or_default()
    };
    view! {
        <section class="card lift" {..attr("aria-labelledby", "week")}>
            <div class="row between"><h2 id="week">"本周考勤"</h2>{move || chip()}</div>
            <div class="week-box"><WeekStrip days/></div>
            {under}
        </section>
    }
    .erased()
}

fn quota_words(quota: WeekQuota) -> (Tone, String) {
    match (quota.required, quota.missing()) {
        (0, _) => (Tone::Plain, "本周不用签到".to_owned()),
        (_, 0) => (Tone::Ok, "本周已达标".to_owned()),
        (_, missing) => (Tone::Warn, format!("还差 {missing} 次")),
    }
}

fn day_mark(day: &WeekDay) -> DayMark {
    let (state, words) = match day.mark {
        WeekDayMark::Counted => (DayState::In, "已签到"),
        WeekDayMark::Waiting => (DayState::Waiting, "等单位确认"),
        WeekDayMark::SentBack => (DayState::Missed, "单位已退回"),
        WeekDayMark::Open => (DayState::Open, "没有签到"),
        WeekDayMark::Off => (DayState::Off, "不用签到"),
    };
    DayMark {
        letter: weekday_label(day.day),
        date: day.day.day().to_string(),
        state,
        today: day.is_today,
        label: [day_label(day.day).as_str(), "，", words].concat(),
    }
}

/// How old the screen is.
fn stale(as_of: Moment) -> AnyView {
    let title = format!(
        "没有网络 · 显示的是 {} {} 的内容",
        day_label(as_of.day()),
        as_of.clock()
    );
    view! {
        <Banner tone=Tone::Warn icon=LuWifiOff title>
            <p>"联网后这里会自动更新。"</p>
        </Banner>
    }
    .erased()
}

/// Reads the screen anew. Without a network the last known state stays and says how old it is.
fn read_again(view: RwSignal<TodayView>, lost: RwSignal<bool>) {
    leptos::task::spawn_local(async move {
        match api::today().await {
            Ok(fresh) => {
                lost.try_set(false);
                view.try_set(fresh);
                mark_fresh();
            }
            Err(ApiError::Transport) => {
                lost.try_set(true);
            }
            Err(ApiError::SignIn) => go(&sign_in_path("/today")),
            // The screen stays as it is; the next act will say what is wrong.
            Err(
                ApiError::Refused { .. }
                | ApiError::Invalid { .. }
                | ApiError::Forbidden
                | ApiError::NotFound
                | ApiError::Conflict { .. }
                | ApiError::TooMany { .. }
                | ApiError::Unavailable
                | ApiError::Internal { .. },
            ) => {}
        }
    });
}

/// Reads again when the page came from the kept copy or is old, and when the network returns. A lost network is tried anew
/// now and then.
fn keep_fresh(view: RwSignal<TodayView>, lost: RwSignal<bool>, online: Live<bool>) {
    effect(move |_| {
        let kept = is_kept_copy();
        if kept || view.with_untracked(|view| view.as_of).apart(clock::now()) > FRESH_MS {
            lost.set(kept);
            read_again(view, lost);
        }
    });
    let try_again = move || {
        if lost.try_get_untracked() == Some(true) {
            read_again(view, lost);
        }
    };
    let mut was = true;
    effect(move |_| {
        let is = online.get();
        if is && !was {
            read_again(view, lost);
            for later in TRIED_AFTER_RETURN {
                set_timeout(try_again, later);
            }
        }
        was = is;
    });
    // A dead wire behind a phone that believes to be online: no event will tell when it works again.
    every(TRIED_EVERY, try_again);
}

/// The running time; seconds for the check-in; a new day is read anew.
fn run_clock(now: RwSignal<String>, check_in: CheckIn, new_day: Callback<()>) {
    effect(move |_| now.set(clock::now().clock()));
    let seen = Cell::new(None);
    every(Duration::from_secs(1), move || {
        let moment = clock::now();
        let time = moment.clock();
        if now.try_with_untracked(|shown| *shown != time) == Some(true) {
            now.try_set(time);
        }
        check_in.tick();
        let today = moment.day();
        if seen.replace(Some(today)).is_some_and(|seen| seen != today) {
            check_in.new_day();
            new_day.try_run(());
        }
    });
}

#[cfg(test)]
#[cfg(feature = "ssr")]
#[path = "screen_tests.rs"]
mod tests;
