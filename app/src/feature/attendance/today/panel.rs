//! The round button and everything that it says: position as it improves, verdict, result, and what to do when it does not work.

use super::check_in::CheckIn;
use super::flow::{Event, Flow};
use super::ground::Fix;
use super::trouble::trouble_card;
use crate::api::{ApiError, sign_in_path};
use crate::device::clock;
use crate::feature::attendance::record::place;
use crate::ui::{Banner, CheckInButton, Icon, Live, PunchState, Tone};
use crate::ui::{Erased, attr};
use domain::Day;
use domain::attendance::{CheckInReceipt, CheckInState, TodayInternship, TodayView, Verdict};
use icondata_lu::{LuCircleAlert, LuCircleCheck, LuClock3, LuMapPin, LuWifiOff};
use leptos::prelude::*;

/// What the panel knows besides the check-in itself.
#[derive(Clone, Copy)]
pub(super) struct Around {
    /// What the server said last.
    pub view: RwSignal<TodayView>,
    /// The running time, `09:02`.
    pub now: RwSignal<String>,
    /// Whether the last request found no network.
    pub lost: RwSignal<bool>,
    /// Whether the device believes that it has one.
    pub online: Live<bool>,
}

impl Around {
    /// Whether there is no network.
    pub fn offline(self) -> bool {
        self.lost.get() || !self.online.get()
    }

    fn closed(self) -> Option<String> {
        self.view
            .with(|view| view.internship.as_ref().and_then(|here| closed(here, view.today)))
    }

    fn counted(self) -> Option<String> {
        self.view.with(|view| view.internship.as_ref().and_then(counted_today))
    }
}

/// Why there is nothing to check in for, in words.
fn closed(internship: &TodayInternship, today: Day) -> Option<String> {
    use domain::value::day_label;
    if today < internship.starts_on {
        Some(format!(
            "见习从 {} 开始，到那天再来签到。",
            day_label(internship.starts_on)
        ))
    } else if today > internship.ends_on {
        Some(format!(
            "见习已在 {} 结束，不用再签到。以前的签到在“签到记录”里。",
            day_label(internship.ends_on)
        ))
    } else if internship.sites.is_empty() {
        Some("单位还没有设置签到地点，请联系单位经办人。".to_owned())
    } else {
        None
    }
}

/// The time of today's check-in that counts.
fn counted_today(internship: &TodayInternship) -> Option<String> {
    let counts = |state| matches!(state, CheckInState::Valid | CheckInState::Confirmed);
    internship
        .today
        .iter()
        .find(|check_in| counts(check_in.state))
        .map(|check_in| check_in.at.clock())
}

/// The button with its lines.
#[component]
pub(super) fn CheckInPanel(
    /// The check-in.
    check_in: CheckIn,
    /// Its surroundings.
    around: Around,
) -> impl IntoView {
    let flow = check_in.flow;
    let state = move || {
        flow.with(|flow| match flow {
            Flow::Locating { .. } | Flow::Asking { .. } => PunchState::Locating,
            Flow::Sending { .. } => PunchState::Sending,
            Flow::Kept { .. } => PunchState::Blocked,
            Flow::Idle | Flow::Stuck { .. } | Flow::Refused { .. } | Flow::Done { .. } => {
                if around.counted().is_some() {
                    PunchState::Done
                } else if around.offline() || around.closed().is_some() {
                    PunchState::Blocked
                } else {
                    PunchState::Idle
                }
            }
        })
    };
    let under = move || match (state(), flow.with(|flow| flow.fix().map(|fix| fix.accuracy.label()))) {
        (PunchState::Locating, Some(accuracy)) => ["±", &accuracy].concat(),
        (PunchState::Done, _) => around.counted().unwrap_or_default(),
        (PunchState::Idle | PunchState::Locating | PunchState::Sending | PunchState::Blocked, _) => around.now.get(),
    };
    let hint = move || {
        around.closed().or_else(|| {
            (around.offline() && state() == PunchState::Blocked && flow.with(|flow| *flow == Flow::Idle))
                .then(|| "现在没有网络。这个版本签到要有网络，连上网后再按。".to_owned())
        })
    };
    view! {
        <div class="punch">
            <CheckInButton state under on_press=Callback::new(move |()| check_in.press())/>
            <div {..attr("aria-live", "polite")} class="verdict-line">{move || flow.with(|flow| verdict_line(flow, hint(), state()))}</div>
            <div class="small muted num distance">{move || flow.with(|flow| distance_line(flow.fix()))}</div>
            {move || matches!(&*flow.read(), Flow::Locating { best: Some(_), .. }).then(|| view! {
                <button type="button" class="btn ghost" on:click=move |_| check_in.tell(Event::Explain)>"说明原因后提交"</button>
            }.erased())}
        </div>
        <div {..attr("aria-live", "polite")}>{move || outcome(check_in, flow.get())}</div>
    }
    .erased()
}

/// What the position means, or what the button does.
fn verdict_line(flow: &Flow, hint: Option<String>, state: PunchState) -> AnyView {
    let line = |tone: Tone, text: &'static str| {
        view! { <p class=["verdict ", tone.class()].concat()><Icon icon=LuMapPin/>{text}</p> }.erased()
    };
    match flow {
        Flow::Locating { best: None, .. } => line(Tone::Plain, "正在定位。弹出询问时请点“允许”"),
        Flow::Locating { best: Some(fix), .. } => match fix.verdict {
            Verdict::Inside => line(Tone::Ok, "在考勤范围内"),
            Verdict::Uncertain => line(Tone::Warn, "还分不清在不在范围内，继续定位…"),
            Verdict::Outside => line(Tone::Warn, "在考勤范围外，继续定位…"),
        },
        Flow::Asking { fix, .. } | Flow::Sending { fix: Some(fix), .. } => match fix.verdict {
            Verdict::Inside => line(Tone::Ok, "在考勤范围内"),
            Verdict::Uncertain => line(Tone::Warn, "分不清在不在范围内"),
            Verdict::Outside => line(Tone::Warn, "在考勤范围外"),
        },
        Flow::Sending { fix: None, .. } => line(Tone::Plain, "正在提交…"),
        Flow::Idle | Flow::Stuck { .. } | Flow::Kept { .. } | Flow::Refused { .. } | Flow::Done { .. } => {
            match (hint, state) {
                (Some(hint), _) => view! { <p class="muted">{hint}</p> }.erased(),
                (None, PunchState::Idle) => {
                    view! { <p class="small muted">"按下才定位，平时不读取你的位置"</p> }.erased()
                }
                (None, _) => ().into_any(),
            }
        }
    }
}

/// `距 观山湖办公区 83 米 · 定位精度 ±12 米`.
pub(super) fn distance_line(fix: Option<&Fix>) -> String {
    fix.map(|fix| {
        [
            "距 ",
            &fix.site,
            " ",
            &fix.distance.label(),
            " · 定位精度 ±",
            &fix.accuracy.label(),
        ]
        .concat()
    })
    .unwrap_or_default()
}

/// How the check-in ended, with the next step.
fn outcome(check_in: CheckIn, flow: Flow) -> AnyView {
    match flow {
        Flow::Done { receipt } => done(&receipt),
        Flow::Stuck { trouble, rough, .. } => trouble_card(check_in, trouble, rough),
        Flow::Kept { error, .. } => unanswered(check_in, error),
        Flow::Refused { error } => view! {
            <Banner tone=Tone::Bad icon=LuCircleAlert title="这次没有签上">
                <p>{error.message()}</p>
            </Banner>
        }
        .erased(),
        Flow::Idle | Flow::Locating { .. } | Flow::Asking { .. } | Flow::Sending { .. } => ().into_any(),
    }
}

fn done(receipt: &CheckInReceipt) -> AnyView {
    let record = &receipt.check_in;
    let counts = matches!(record.state, CheckInState::Valid | CheckInState::Confirmed);
    let (tone, icon, title) = if counts {
        (Tone::Ok, LuCircleCheck, format!("签到成功 · {}", record.at.clock()))
    } else {
        (
            Tone::Warn,
            LuClock3,
            format!("已记录 · {}，{}", record.at.clock(), record.state.label()),
        )
    };
    let week = match (counts, receipt.quota.missing()) {
        (false, 0) => "这周已经达标。单位确认后，这一次也会计入。".to_owned(),
        (false, missing) => format!("单位确认后才计入本周，现在本周还差 {missing} 次。"),
        (true, 0) => "已计入本周，本周已达标。".to_owned(),
        (true, missing) => format!("已计入本周，本周还差 {missing} 次，要换一天再签。"),
    };
    let (place, repeated) = (place(record), receipt.repeated);
    view! {
        <Banner tone icon title>
            <p class="num">{place}</p>
            <p>{week}</p>
            {repeated.then(|| view! { <p>"这一次之前已经收到了，没有重复记录。"</p> }.erased())}
        </Banner>
    }
    .erased()
}

fn unanswered(check_in: CheckIn, error: Option<ApiError>) -> AnyView {
    let (title, text) = match &error {
        None => (
            "上一次签到还没有收到结果",
            "可能已经记下了。点“现在重试”核对，同一次签到不会记两遍。".to_owned(),
        ),
        Some(ApiError::Transport) => (
            "网络断了，还没有收到结果",
            "这次签到还留在这个页面里。连上网后点“现在重试”，不会记两遍；重试之前请不要关掉页面。".to_owned(),
        ),
        Some(ApiError::SignIn) => (
            "登录已过期，签到还没有交上去",
            "重新登录后回到这里点“现在重试”。".to_owned(),
        ),
        Some(error) => ("还没有收到结果", [&error.message(), "重试不会记两遍。"].concat()),
    };
    view! {
        <Banner tone=Tone::Warn icon=LuWifiOff title>
            <p>{text}</p>
            <div class="row wrap">
                {if error == Some(ApiError::SignIn) {
                    view! { <a class="btn s" href=sign_in_path("/today")>"重新登录"</a> }.erased()
                } else {
                    view! {
                        <button type="button" class="btn s" on:click=move |_| check_in.tell(Event::Retry(clock::now()))>"现在重试"</button>
                    }
                    .erased()
                }}
                <button type="button" class="btn s line" on:click=move |_| check_in.tell(Event::Cancel)>"放弃这一次"</button>
            </div>
        </Banner>
    }
    .erased()
}
