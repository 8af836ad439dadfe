//! Carries out what the machine of [`super::flow`] says: locates, sends, keeps what has no answer yet.

use super::flow::{Event, Flow};
use super::ground::{Ground, Trouble};
use crate::device::kept::{self, UNANSWERED};
use crate::device::position::{self, NoReading};
use crate::device::{clock, record_id, worker};
use crate::feature::attendance::api;
use crate::ui::effect;
use domain::attendance::{CheckInForm, TodayView};
use leptos::prelude::*;

/// The check-in of the page.
#[derive(Clone, Copy)]
pub(super) struct CheckIn {
    /// Where it stands.
    pub flow: RwSignal<Flow>,
    view: RwSignal<TodayView>,
    recorded: Callback<()>,
}

impl CheckIn {
    /// For the internship that the page shows; `recorded` runs after the server has it.
    pub fn new(view: RwSignal<TodayView>, recorded: Callback<()>) -> Self {
        let check_in = Self {
            flow: RwSignal::new(Flow::Idle),
            view,
            recorded,
        };
        effect(move |_| check_in.take_up());
        on_cleanup(position::stop);
        check_in
    }

    /// The round button was pressed.
    pub fn press(self) {
        let now = clock::now();
        self.tell(Event::Press {
            id: record_id::check_in_id(now),
            now,
        });
    }

    /// A second went by.
    pub fn tick(self) {
        if self.flow.try_with_untracked(Flow::counts_time) == Some(true) {
            self.tell(Event::Tick(clock::now()));
        }
    }

    /// A new day has begun: yesterday's result makes way for today's button; it stands in 签到记录.
    pub fn new_day(self) {
        let is_over = |flow: &Flow| matches!(flow, Flow::Done { .. } | Flow::Refused { .. });
        if self.flow.try_with_untracked(is_over) == Some(true) {
            self.tell(Event::Cancel);
        }
    }

    /// Something happened: the machine steps, and what the new state asks for is done.
    pub fn tell(self, event: Event) {
        let (Some(before), Some(ground)) = (self.flow.try_get_untracked(), self.ground()) else {
            return;
        };
        let after = before.clone().step(event, &ground);
        if after == before {
            return;
        }
        self.flow.set(after.clone());
        remember(&before, &after);
        match (before.watches(), after.watches()) {
            (false, true) => self.locate(),
            (true, false) => position::stop(),
            (true, true) | (false, false) => {}
        }
        match after {
            Flow::Sending { form, .. } if !matches!(before, Flow::Sending { .. }) => self.send(form),
            Flow::Done { .. } => {
                worker::keep("/today");
                worker::keep("/history");
                self.recorded.run(());
            }
            Flow::Idle
            | Flow::Locating { .. }
            | Flow::Asking { .. }
            | Flow::Stuck { .. }
            | Flow::Sending { .. }
            | Flow::Kept { .. }
            | Flow::Refused { .. } => {}
        }
    }

    fn ground(self) -> Option<Ground> {
        self.view
            .try_with_untracked(|view| {
                view.internship.as_ref().map(|here| Ground {
                    internship: here.id,
                    sites: here.sites.clone(),
                })
            })
            .flatten()
    }

    fn locate(self) {
        position::start(Box::new(move |reading| match reading {
            Ok(reading) => {
                let fix = self
                    .ground()
                    .and_then(|ground| ground.judge(reading.latitude, reading.longitude, reading.accuracy));
                // A malformed reading is no reading: the next one may be better.
                if let Some(fix) = fix {
                    self.tell(Event::Located { fix, now: clock::now() });
                }
            }
            Err(reason) => self.tell(Event::NoPosition(match reason {
                NoReading::Denied => Trouble::Denied,
                NoReading::Insecure => Trouble::Insecure,
                NoReading::Unavailable => Trouble::Unavailable,
                NoReading::TimedOut => Trouble::TimedOut,
            })),
        }));
    }

    /// The one place that sends a check-in.
    fn send(self, form: CheckInForm) {
        leptos::task::spawn_local(async move {
            let answer = api::check_in(form).await;
            if self.flow.is_disposed() && answer.is_ok() {
                // The person went to another page meanwhile: recorded all the same.
                kept::forget(UNANSWERED);
            }
            self.tell(Event::Answered(answer));
        });
    }

    /// After a reload: what was sent without an answer.
    fn take_up(self) {
        let Some(form) = kept::read(UNANSWERED) else { return };
        self.tell(Event::Found(form));
        // Of another internship or of another person: not this page's to keep.
        if self.flow.with_untracked(|flow| *flow == Flow::Idle) {
            kept::forget(UNANSWERED);
        }
    }
}

/// Keeps what has no definite answer, and forgets it with the answer.
fn remember(before: &Flow, after: &Flow) {
    match (before.unanswered(), after.unanswered()) {
        (before, Some(form)) if before != Some(form) => kept::keep(UNANSWERED, form),
        (Some(_), None) => kept::forget(UNANSWERED),
        (None, None) | (_, Some(_)) => {}
    }
}
