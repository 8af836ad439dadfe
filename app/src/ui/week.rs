//! The seven days of one's own week.

use super::{Erased, attr};
use icondata_lu::{LuCheck, LuClock3};
use leptos::prelude::*;

use super::{Icon, Live};

/// What a day shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DayState {
    /// Nothing yet: the date.
    #[default]
    Open,
    /// A valid check-in: ✓.
    In,
    /// A check-in that waits for the host or for the network.
    Waiting,
    /// A check-in that was sent back.
    Missed,
    /// Not a workday, or outside the internship.
    Off,
}

/// One day of the strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayMark {
    /// "一" to "日".
    pub letter: &'static str,
    /// The day of the month: "17".
    pub date: String,
    /// What the disc shows.
    pub state: DayState,
    /// Whether it is today.
    pub today: bool,
    /// The day in words for screen readers: "周一 11月16日，已签到".
    pub label: String,
}

/// Seven discs, Monday to Sunday.
#[component]
pub fn WeekStrip(
    /// Seven days.
    #[prop(into)]
    days: Live<Vec<DayMark>>,
) -> impl IntoView {
    let day = |day: DayMark| {
        let state = match day.state {
            DayState::Open => "open",
            DayState::In => "in",
            DayState::Waiting => "wait",
            DayState::Missed => "missed",
            DayState::Off => "off",
        };
        let disc = match day.state {
            DayState::In => view! { <Icon icon=LuCheck/> }.erased(),
            DayState::Waiting => view! { <Icon icon=LuClock3/> }.erased(),
            DayState::Open | DayState::Missed | DayState::Off => day.date.into_any(),
        };
        view! {
            <li class=[state, if day.today { " today" } else { "" }].concat() {..attr("aria-current", day.today.then_some("date"))}>
                <span {..attr("aria-hidden", "true")}>{day.letter}</span>
                <b {..attr("aria-hidden", "true")}>{disc}</b>
                <span class="sr">{day.label}</span>
            </li>
        }
        .erased()
    };
    view! { <ol class="week" {..attr("role", "list")}>{move || days.get().into_iter().map(day).collect_view()}</ol> }
        .erased()
}
