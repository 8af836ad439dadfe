//! The question when a position does not prove presence: why, or a better position.

use super::check_in::CheckIn;
use super::flow::{Event, Flow};
use super::panel::distance_line;
use crate::device::clock;
use crate::feature::form::focus_first;
use crate::ui::Erased;
use crate::ui::{Live, Sheet, SubmitButton, TextAreaField, effect};
use domain::FieldErrors;
use domain::attendance::Verdict;
use leptos::prelude::*;

/// The sheet. It opens with the question and closing it takes the question back.
#[component]
pub(super) fn AskSheet(
    /// The check-in.
    check_in: CheckIn,
) -> impl IntoView {
    let flow = check_in.flow;
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let asks = |flow: &Flow| matches!(flow, Flow::Asking { .. });
    effect(move |_| {
        let (asked, done) = flow.with(|flow| (asks(flow), matches!(flow, Flow::Done { .. })));
        if open.get_untracked() != asked {
            open.set(asked);
        }
        if done {
            reason.set(String::new());
        }
    });
    let mut was_open = false;
    effect(move |_| {
        let is_open = open.get();
        if was_open && !is_open && flow.with_untracked(asks) {
            check_in.tell(Event::Cancel);
        }
        was_open = is_open;
    });
    let fix = move || flow.with(|flow| flow.fix().map(|fix| (fix.verdict, distance_line(Some(fix)))));
    let error = Live::new(move || {
        flow.with(|flow| match flow {
            Flow::Asking { error, .. } => error.clone(),
            Flow::Idle
            | Flow::Locating { .. }
            | Flow::Stuck { .. }
            | Flow::Sending { .. }
            | Flow::Kept { .. }
            | Flow::Refused { .. }
            | Flow::Done { .. } => None,
        })
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        check_in.tell(Event::Submit {
            reason: reason.get_untracked(),
            now: clock::now(),
        });
        if let Some(error) = error.get_untracked() {
            focus_first(&FieldErrors::one("reason", error));
        }
    };
    view! {
        <Sheet title="说明原因，请单位确认" open>
            <form class="reason" novalidate on:submit=submit>
                <p>{move || fix().map(|(verdict, _)| meaning(verdict))}</p>
                <p class="small muted num">{move || fix().map(|(_, line)| line)}</p>
                <TextAreaField label="原因" name="reason" value=reason error hint="例如：去客户公司送资料；在三楼机房，信号弱"/>
                <SubmitButton label="提交，等单位确认"/>
                <button type="button" class="btn ghost wide" on:click=move |_| check_in.tell(Event::LocateAgain(clock::now()))>
                    "再定位一次"
                </button>
            </form>
        </Sheet>
    }
    .erased()
}

const fn meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Outside => "你在考勤范围外。在外面办事（外勤）也可以签到：写清楚在哪里、做什么，单位确认后计入本周。",
        Verdict::Uncertain => {
            "位置不够准，分不清你在不在范围内。写明情况，单位确认后计入本周；也可以走到窗边再定位一次。"
        }
        Verdict::Inside => "单位需要你补充说明。写清楚情况，单位确认后计入本周。",
    }
}
