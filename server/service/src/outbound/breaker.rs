//! The circuit breaker: a system that fails again and again is left alone for a while, then one message tries it. Each
//! origin has its own, so that one push service that is down does not silence the others.

use crate::clock::Clock;
use domain::Moment;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// More origins than this are not remembered at once: they may come from people.
const MOST: usize = 256;

pub(super) struct Breaker {
    clock: Clock,
    opens_after: u32,
    /// In ms.
    rest: i64,
    /// Origins whose last try failed.
    failing: Mutex<HashMap<String, Circuit>>,
}

struct Circuit {
    failures: u32,
    last: Moment,
    /// Whether a message is out that tries whether the system is back.
    probing: bool,
}

/// Leave to send one message; tell it how that went. One that is dropped untold tells nothing.
pub(super) struct Permit<'a> {
    breaker: &'a Breaker,
    origin: &'a str,
    probe: bool,
}

impl Breaker {
    pub(super) fn new(clock: Clock, opens_after: u32, rest: Duration) -> Self {
        Self {
            clock,
            opens_after,
            rest: i64::try_from(rest.as_millis()).unwrap_or(i64::MAX),
            failing: Mutex::default(),
        }
    }

    /// `None` while the origin is left alone.
    pub(super) fn admit<'a>(&'a self, origin: &'a str) -> Option<Permit<'a>> {
        let now = self.clock.now();
        let mut probe = false;
        if let Some(circuit) = self.failing().get_mut(origin)
            && circuit.failures >= self.opens_after
        {
            if circuit.probing || self.rests(circuit, now) {
                return None;
            }
            circuit.probing = true;
            probe = true;
        }
        Some(Permit {
            breaker: self,
            origin,
            probe,
        })
    }

    /// A clock that was put back does not keep anything closed.
    fn rests(&self, circuit: &Circuit, now: Moment) -> bool {
        (0..self.rest).contains(&(now.millis() - circuit.last.millis()))
    }

    fn failing(&self) -> MutexGuard<'_, HashMap<String, Circuit>> {
        self.failing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit<'_> {
    pub(super) fn succeeded(self) {
        self.breaker.failing().remove(self.origin);
    }

    pub(super) fn failed(self) {
        let now = self.breaker.clock.now();
        let mut failing = self.breaker.failing();
        if let Some(circuit) = failing.get_mut(self.origin) {
            circuit.failures = circuit.failures.saturating_add(1);
            circuit.last = now;
            return;
        }
        if failing.len() >= MOST {
            failing.retain(|_, circuit| self.breaker.rests(circuit, now));
        }
        if failing.len() < MOST {
            let circuit = Circuit {
                failures: 1,
                last: now,
                probing: false,
            };
            failing.insert(self.origin.to_owned(), circuit);
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if self.probe
            && let Some(circuit) = self.breaker.failing().get_mut(self.origin)
        {
            circuit.probing = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "https://push.example";

    fn breaker() -> (Breaker, Clock) {
        let clock = Clock::fixed(Moment::from_millis(1_000_000));
        (Breaker::new(clock.clone(), 2, Duration::from_secs(30)), clock)
    }

    fn fail(breaker: &Breaker, times: usize) {
        for _ in 0..times {
            breaker.admit(HERE).unwrap().failed();
        }
    }

    #[test]
    fn one_probe_goes_out_after_the_rest_and_a_dropped_one_leaves_room_for_the_next() {
        let (breaker, clock) = breaker();
        fail(&breaker, 2);
        assert!(breaker.admit(HERE).is_none());
        clock.set(clock.now().plus_millis(30_000));
        let probe = breaker.admit(HERE).unwrap();
        assert!(breaker.admit(HERE).is_none(), "one at a time");
        drop(probe);
        breaker.admit(HERE).unwrap().failed();
        assert!(breaker.admit(HERE).is_none(), "rests again");
        clock.set(clock.now().plus_millis(30_000));
        breaker.admit(HERE).unwrap().succeeded();
        fail(&breaker, 1);
        assert!(breaker.admit(HERE).is_some(), "counts from the beginning");
    }

    #[test]
    fn a_success_in_between_starts_the_count_anew() {
        let (breaker, _) = breaker();
        fail(&breaker, 1);
        breaker.admit(HERE).unwrap().succeeded();
        fail(&breaker, 1);
        assert!(breaker.admit(HERE).is_some());
    }

    #[test]
    fn one_origin_that_fails_does_not_close_another_and_the_memory_is_bounded() {
        let (breaker, _) = breaker();
        fail(&breaker, 2);
        assert!(breaker.admit("https://other.example").is_some());
        for number in 0..2 * MOST {
            breaker.admit(&format!("https://{number}.example")).unwrap().failed();
        }
        assert!(breaker.failing().len() <= MOST);
        assert!(breaker.admit(HERE).is_none());
    }

    #[test]
    fn a_clock_that_was_put_back_keeps_nothing_closed() {
        let (breaker, clock) = breaker();
        fail(&breaker, 2);
        clock.set(clock.now().plus_millis(-3_600_000));
        assert!(breaker.admit(HERE).is_some());
    }
}
