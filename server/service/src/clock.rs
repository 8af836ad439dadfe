//! The one place that reads the time. Everything else is told what time it is.

use domain::Moment;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A clock that is passed in.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock plus an offset in ms; the offset is 0 in production.
    Running {
        /// Added to the machine's time.
        offset: i64,
    },
    /// Stands where it was set; tests move it by hand.
    Set(Arc<AtomicI64>),
}

/// `JIANXI_NOW` could not be read.
#[derive(Debug, thiserror::Error)]
#[error(
    "JIANXI_NOW: {0:?} is no RFC 3339 time such as 2026-11-19T09:02:00+08:00 (put = before it to freeze the clock)"
)]
pub struct BadNow(String);

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self::Running { offset: 0 }
    }

    /// A clock that stands at `now` until [`set`](Self::set).
    #[must_use]
    pub fn fixed(now: Moment) -> Self {
        Self::Set(Arc::new(AtomicI64::new(now.millis())))
    }

    /// Reads `JIANXI_NOW`: an RFC 3339 time from which the clock runs on, or `=` and a time at which it stands.
    ///
    /// # Errors
    /// [`BadNow`] when the text is no time.
    pub fn from_text(text: &str) -> Result<Self, BadNow> {
        let bad = || BadNow(text.to_owned());
        let (frozen, time) = text.strip_prefix('=').map_or((false, text), |time| (true, time));
        let start: jiff::Timestamp = time.parse().map_err(|_| bad())?;
        let start = Moment::from_millis(start.as_millisecond());
        if frozen {
            Ok(Self::fixed(start))
        } else {
            Ok(Self::Running {
                offset: start.millis() - machine_millis(),
            })
        }
    }

    /// Now, UTC.
    #[must_use]
    pub fn now(&self) -> Moment {
        match self {
            Self::Running { offset } => Moment::from_millis(machine_millis() + offset),
            Self::Set(at) => Moment::from_millis(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a clock made by [`fixed`](Self::fixed); a running clock stays as it is.
    pub fn set(&self, now: Moment) {
        if let Self::Set(at) = self {
            at.store(now.millis(), Ordering::SeqCst);
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that may read the machine's clock"
)]
fn machine_millis() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
