//! The check-in from the press to the receipt, as a machine without a browser: readings and times come in as events, and
//! what to locate, send and keep is read off the state. One press makes one id; it changes only after a definite answer.

use super::ground::{Fix, Ground, Trouble};
use crate::api::ApiError;
use domain::attendance::{CheckInForm, CheckInReceipt};
use domain::{CheckInId, Moment};

/// How long an undecided position may improve before the person is asked.
const SETTLE_MS: u64 = 12_000;
/// How long to wait for a first position, the permission question included.
const FIRST_FIX_MS: u64 = 45_000;
/// How long to wait for the server's answer.
const ANSWER_MS: u64 = 20_000;
/// From this accuracy on, the phone hides where exactly it is (iOS 精确位置 off, network position only).
const IMPRECISE_M: f64 = 500.0;
/// Shortest and longest reason, in characters.
pub const REASON_LEN: std::ops::RangeInclusive<usize> = 2..=200;

/// Where the check-in stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Flow {
    /// Nothing was pressed; nothing is located.
    Idle,
    /// Pressed: the position is watched and shown as it improves.
    Locating {
        /// Id of this press.
        id: CheckInId,
        /// When it began.
        since: Moment,
        /// The most accurate position so far.
        best: Option<Fix>,
    },
    /// Not surely inside: the person says why.
    Asking {
        /// Id of this press.
        id: CheckInId,
        /// The position to send.
        fix: Fix,
        /// What is wrong with the reason.
        error: Option<String>,
    },
    /// No usable position.
    Stuck {
        /// Why.
        trouble: Trouble,
        /// Id of this press.
        id: CheckInId,
        /// A rough position that may still be sent with a reason.
        rough: Option<Fix>,
    },
    /// On its way.
    Sending {
        /// What was sent.
        form: CheckInForm,
        /// Its position; `None` when it was taken up again after a reload.
        fix: Option<Fix>,
        /// When.
        since: Moment,
    },
    /// No definite answer: the server may have it or not; only the same record may be sent again.
    Kept {
        /// What was sent.
        form: CheckInForm,
        /// Its position.
        fix: Option<Fix>,
        /// What went wrong; `None` after a reload.
        error: Option<ApiError>,
    },
    /// The server said no; nothing was recorded.
    Refused {
        /// Why.
        error: ApiError,
    },
    /// Recorded.
    Done {
        /// What the server says about it.
        receipt: CheckInReceipt,
    },
}

/// What happens to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The round button, with an id made for this press.
    Press {
        /// The id.
        id: CheckInId,
        /// Now.
        now: Moment,
    },
    /// A reading that was well formed.
    Located {
        /// Position and verdict.
        fix: Fix,
        /// Now.
        now: Moment,
    },
    /// The device gave none.
    NoPosition(Trouble),
    /// A second went by.
    Tick(Moment),
    /// 说明原因后提交.
    Explain,
    /// 再定位一次.
    LocateAgain(Moment),
    /// 提交，等单位确认.
    Submit {
        /// What was typed.
        reason: String,
        /// Now.
        now: Moment,
    },
    /// The server's answer, or none.
    Answered(Result<CheckInReceipt, ApiError>),
    /// 现在重试.
    Retry(Moment),
    /// Closes a question, or gives a kept check-in up.
    Cancel,
    /// A check-in without an answer was found after a reload.
    Found(CheckInForm),
}

impl Flow {
    /// Whether the device's position is watched.
    #[must_use]
    pub const fn watches(&self) -> bool {
        matches!(self, Self::Locating { .. })
    }

    /// Whether seconds matter.
    #[must_use]
    pub const fn counts_time(&self) -> bool {
        matches!(self, Self::Locating { .. } | Self::Sending { .. })
    }

    /// What must outlive a reload: sent, and no definite answer yet.
    #[must_use]
    pub const fn unanswered(&self) -> Option<&CheckInForm> {
        match self {
            Self::Sending { form, .. } | Self::Kept { form, .. } => Some(form),
            Self::Idle
            | Self::Locating { .. }
            | Self::Asking { .. }
            | Self::Stuck { .. }
            | Self::Refused { .. }
            | Self::Done { .. } => None,
        }
    }

    /// The position to show.
    #[must_use]
    pub const fn fix(&self) -> Option<&Fix> {
        match self {
            Self::Locating { best, .. } => best.as_ref(),
            Self::Asking { fix, .. } => Some(fix),
            Self::Stuck { rough, .. } => rough.as_ref(),
            Self::Sending { fix, .. } | Self::Kept { fix, .. } => fix.as_ref(),
            Self::Idle | Self::Refused { .. } | Self::Done { .. } => None,
        }
    }

    /// The state after an event. What does not fit changes nothing: a second press, a reading that comes too late.
    #[must_use]
    pub fn step(self, event: Event, ground: &Ground) -> Self {
        match event {
            Event::Press { id, now } => self.press(id, now),
            Event::Located { fix, now } => self.located(fix, now, ground),
            Event::NoPosition(trouble) => self.no_position(trouble),
            Event::Tick(now) => self.tick(now),
            Event::Explain => self.explain(),
            Event::LocateAgain(now) => self.locate_again(now),
            Event::Submit { reason, now } => self.submit(&reason, now, ground),
            Event::Answered(answer) => self.answered(answer),
            Event::Retry(now) => match self {
                Self::Kept { form, fix, .. } => Self::Sending { form, fix, since: now },
                same => same,
            },
            Event::Cancel => match self {
                same @ Self::Sending { .. } => same,
                Self::Idle
                | Self::Locating { .. }
                | Self::Asking { .. }
                | Self::Stuck { .. }
                | Self::Kept { .. }
                | Self::Refused { .. }
                | Self::Done { .. } => Self::Idle,
            },
            Event::Found(form) => match self {
                Self::Idle if form.internship == ground.internship => Self::Kept {
                    form,
                    fix: None,
                    error: None,
                },
                same => same,
            },
        }
    }

    fn press(self, id: CheckInId, now: Moment) -> Self {
        match self {
            Self::Idle | Self::Refused { .. } | Self::Done { .. } => Self::Locating {
                id,
                since: now,
                best: None,
            },
            // Nothing of that press was sent: it goes on.
            Self::Stuck { id, .. } => Self::Locating {
                id,
                since: now,
                best: None,
            },
            same => same,
        }
    }

    fn located(self, fix: Fix, now: Moment, ground: &Ground) -> Self {
        match self {
            Self::Locating { id, .. } if !fix.verdict.needs_reason() => Self::Sending {
                form: ground.form(id, &fix, "", now),
                fix: Some(fix),
                since: now,
            },
            Self::Locating { id, since, best } => {
                let best = match best {
                    Some(best) if best.accuracy < fix.accuracy => best,
                    Some(_) | None => fix,
                };
                Self::Locating {
                    id,
                    since,
                    best: Some(best),
                }
                .tick(now)
            }
            same => same,
        }
    }

    fn no_position(self, trouble: Trouble) -> Self {
        match self {
            Self::Locating { id, since, best } => match (trouble, best) {
                // Lost for a moment; the watch goes on, and a better reading may come within the patience.
                (Trouble::Unavailable, best @ Some(_)) => Self::Locating { id, since, best },
                (Trouble::TimedOut, Some(fix)) => ask(id, fix),
                (Trouble::Denied | Trouble::Insecure | Trouble::Imprecise, rough)
                | (Trouble::Unavailable | Trouble::TimedOut, rough @ None) => Self::Stuck { trouble, id, rough },
            },
            same => same,
        }
    }

    fn tick(self, now: Moment) -> Self {
        match self {
            Self::Locating {
                id,
                since,
                best: Some(fix),
            } if now.apart(since) >= SETTLE_MS => ask(id, fix),
            Self::Locating { id, since, best: None } if now.apart(since) >= FIRST_FIX_MS => Self::Stuck {
                trouble: Trouble::TimedOut,
                id,
                rough: None,
            },
            Self::Sending { form, fix, since } if now.apart(since) >= ANSWER_MS => Self::Kept {
                form,
                fix,
                error: Some(ApiError::Transport),
            },
            same => same,
        }
    }

    fn explain(self) -> Self {
        match self {
            Self::Locating {
                id, best: Some(fix), ..
            }
            | Self::Stuck {
                id, rough: Some(fix), ..
            } => Self::Asking { id, fix, error: None },
            same => same,
        }
    }

    fn locate_again(self, now: Moment) -> Self {
        match self {
            Self::Asking { id, .. } | Self::Stuck { id, .. } => Self::Locating {
                id,
                since: now,
                best: None,
            },
            same => same,
        }
    }

    fn submit(self, reason: &str, now: Moment, ground: &Ground) -> Self {
        match self {
            Self::Asking { id, fix, .. } => {
                if let Some(error) = reason_error(reason) {
                    return Self::Asking {
                        id,
                        fix,
                        error: Some(error.to_owned()),
                    };
                }
                Self::Sending {
                    form: ground.form(id, &fix, reason, now),
                    fix: Some(fix),
                    since: now,
                }
            }
            same => same,
        }
    }

    fn answered(self, answer: Result<CheckInReceipt, ApiError>) -> Self {
        match (self, answer) {
            // Also when it comes after the patience ended, as long as it is about this very record.
            (Self::Sending { form, .. } | Self::Kept { form, .. }, Ok(receipt)) if receipt.check_in.id == form.id => {
                Self::Done { receipt }
            }
            (Self::Sending { form, fix, .. }, Err(error)) => refused(form, fix, error),
            (same, Ok(_) | Err(_)) => same,
        }
    }
}

/// After waiting, or when no better position comes.
fn ask(id: CheckInId, fix: Fix) -> Flow {
    if fix.accuracy.value() > IMPRECISE_M {
        Flow::Stuck {
            trouble: Trouble::Imprecise,
            id,
            rough: Some(fix),
        }
    } else {
        Flow::Asking { id, fix, error: None }
    }
}

/// A definite no ends the record; anything else leaves open whether the server has it.
fn refused(form: CheckInForm, fix: Option<Fix>, error: ApiError) -> Flow {
    match (error, fix) {
        (ApiError::Invalid { errors }, Some(fix)) if errors.of("reason").is_some() => Flow::Asking {
            id: form.id,
            fix,
            error: errors.of("reason").map(str::to_owned),
        },
        (
            error @ (ApiError::Refused { .. }
            | ApiError::Invalid { .. }
            | ApiError::Forbidden
            | ApiError::NotFound
            | ApiError::Conflict { .. }),
            _,
        ) => Flow::Refused { error },
        (
            error @ (ApiError::SignIn
            | ApiError::TooMany { .. }
            | ApiError::Unavailable
            | ApiError::Internal { .. }
            | ApiError::Transport),
            fix,
        ) => Flow::Kept {
            form,
            fix,
            error: Some(error),
        },
    }
}

fn reason_error(reason: &str) -> Option<&'static str> {
    let length = reason.trim().chars().count();
    if length < *REASON_LEN.start() {
        Some("请写明原因，单位要看着它来确认")
    } else if length > *REASON_LEN.end() {
        Some("最多写 200 个字")
    } else {
        None
    }
}

#[cfg(test)]
#[path = "flow_tests.rs"]
mod tests;
