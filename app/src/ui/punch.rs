//! The round check-in button.

use super::{Erased, attr};
use icondata_lu::LuCheck;
use leptos::prelude::*;

use super::{Icon, Live};

/// What the button is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PunchState {
    /// Waiting to be pressed: 签到.
    #[default]
    Idle,
    /// The phone looks for its position.
    Locating,
    /// The check-in is on its way.
    Sending,
    /// Today's check-in stands.
    Done,
    /// There is nothing to check in for now; the page says why.
    Blocked,
}

impl PunchState {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Idle => ("punch-button", "签到"),
            Self::Locating => ("punch-button locating", "定位中"),
            Self::Sending => ("punch-button sending", "提交中"),
            Self::Done => ("punch-button done", "已签到"),
            Self::Blocked => ("punch-button blocked", "暂不能签"),
        }
    }
}

/// The largest thing on 今天. It reports a press only while it is idle, so pressing twice sends once.
#[component]
pub fn CheckInButton(
    /// What it is doing.
    #[prop(into)]
    state: Live<PunchState>,
    /// The second line: the time, "±48 米", "09:02".
    #[prop(into)]
    under: Live<String>,
    /// What a press does.
    on_press: Callback<()>,
) -> impl IntoView {
    let busy = move || !matches!(state.get(), PunchState::Idle);
    view! {
        <button type="button" class=move || state.get().words().0 {..attr("aria-disabled", move || busy().then_some("true"))}
            on:click=move |_| if state.get_untracked() == PunchState::Idle { on_press.run(()) }>
            {move || (state.get() == PunchState::Done).then(|| view! { <Icon icon=LuCheck/> }.erased())}
            <strong>{move || state.get().words().1}</strong>
            <span class="under">{move || under.get()}</span>
        </button>
    }
    .erased()
}
