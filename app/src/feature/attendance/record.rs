//! One check-in as the trainee reads it: when, where, what it counts for, and what each side wrote.

use crate::ui::Erased;
use crate::ui::{Chip, Tone};
use domain::attendance::{CheckInState, CheckInView, Verdict};
use domain::value::day_label;
use leptos::prelude::*;

/// One line of a list; `with_day` on lists of more than one day.
#[component]
pub fn Record(
    /// The check-in.
    check_in: CheckInView,
    /// Whether the day stands before the time.
    #[prop(optional)]
    with_day: bool,
) -> impl IntoView {
    let time = check_in.at.clock();
    let when = if with_day {
        [day_label(check_in.at.day()).as_str(), " ", &time].concat()
    } else {
        time
    };
    let (tone, state) = state_words(&check_in);
    view! {
        <li class="record">
            <div>
                <b class="num">{when}</b>
                <div class="small muted num">{place(&check_in)}</div>
                {check_in.reason.map(|reason| view! { <div class="small">"你写的：" {reason}</div> }.erased())}
                {check_in.note.map(|note| view! { <div class="small">"单位写的：" {note}</div> }.erased())}
                {next_step(check_in.state).map(|next| view! { <div class="small muted">{next}</div> }.erased())}
            </div>
            <Chip tone>{state}</Chip>
        </li>
    }
    .erased()
}

/// `观山湖办公区 · 83 米 · ±12 米`.
pub(super) fn place(check_in: &CheckInView) -> String {
    [
        &check_in.site,
        " · ",
        &check_in.distance.label(),
        " · ±",
        &check_in.accuracy.label(),
    ]
    .concat()
}

fn state_words(check_in: &CheckInView) -> (Tone, String) {
    match (check_in.state, check_in.verdict) {
        (CheckInState::Confirmed, Verdict::Outside) => {
            (Tone::Info, ["外勤 · ", CheckInState::Confirmed.label()].concat())
        }
        (state @ CheckInState::Confirmed, Verdict::Inside | Verdict::Uncertain) => {
            (Tone::Info, state.label().to_owned())
        }
        (state @ CheckInState::Valid, _) => (Tone::Ok, state.label().to_owned()),
        (state @ CheckInState::Waiting, _) => (Tone::Warn, state.label().to_owned()),
        (state @ CheckInState::SentBack, _) => (Tone::Bad, state.label().to_owned()),
    }
}

/// Who acts now, where somebody has to.
pub(super) const fn next_step(state: CheckInState) -> Option<&'static str> {
    match state {
        CheckInState::Valid | CheckInState::Confirmed => None,
        CheckInState::Waiting => Some("单位确认后计入当周"),
        CheckInState::SentBack => Some("这次不算数。有疑问请问单位经办人"),
    }
}
