//! Slows whoever guesses, never locks an owner out for good. A device on which the owner signed in before has its own
//! bucket, so that strangers cannot block it; every delay ends after 15 minutes at most, and failures are forgiven with time.

use crate::context::Service;
use crate::error::ServiceError;
use domain::Moment;
use std::net::IpAddr;
use store::Tx;
use store::throttle::{self, Bucket};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const FIRST_DELAY: i64 = 15 * SECOND;
const LONGEST_DELAY: i64 = 15 * MINUTE;
/// After this long without a failure nothing of a bucket counts any more.
const FORGOTTEN: i64 = 24 * 60 * MINUTE;

/// How patient a bucket is.
#[derive(Debug, Clone, Copy)]
struct Patience {
    /// The failure from which on there is a delay.
    failures: i64,
    /// How long one failure is held against it.
    forgives: i64,
}

/// One account, from one known device or from all unknown ones.
const ACCOUNT: Patience = Patience {
    failures: 5,
    forgives: 15 * MINUTE,
};
/// A network address: thousands of phones may share one, so it is patient.
const SOURCE: Patience = Patience {
    failures: 100,
    forgives: MINUTE,
};

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Try {
    /// A password for a sign-in name.
    Password,
    /// A second-factor code.
    Code,
    /// The current password, inside a session.
    CurrentPassword,
    /// A registration with numbers that are taken: guessing who is registered.
    Registration,
}

impl Try {
    const fn label(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
            Self::CurrentPassword => "current_password",
            Self::Registration => "registration",
        }
    }
}

/// A try that was let through and already counts as failed, so that tries at once cannot outrun the count.
#[derive(Debug)]
pub(crate) struct Attempt {
    own: Option<String>,
    source: Option<String>,
}

/// Lets a try through or says when the next one is looked at.
///
/// `subject` is the account or the index of the typed sign-in name, known or not; `device` the hash of a device token that
/// this account knows. Strangers, in contrast, are also held to their `source`.
pub(crate) async fn attempt(
    service: &Service,
    what: Try,
    subject: Option<&str>,
    device: Option<&str>,
    source: Option<IpAddr>,
) -> Result<Attempt, ServiceError> {
    let now = service.now();
    let name = |kind: &str, text: &str| {
        service
            .vault()
            .index("throttle", &format!("{}/{kind}/{text}", what.label()))
    };
    let own = subject.map(|subject| match device {
        Some(device) => name("device", &format!("{subject}/{device}")),
        None => name("strangers", subject),
    });
    let source = source
        .filter(|_| device.is_none())
        .map(|source| name("source", &network(source)));
    let mut tx = service.db().begin().await?;
    // Always in the order of their names: two tries that share buckets must not wait for each other crosswise.
    let mut held: Vec<(String, Patience, Bucket)> = Vec::new();
    let wanted = [(&own, ACCOUNT), (&source, SOURCE)];
    let mut wanted: Vec<_> = wanted
        .iter()
        .filter_map(|(name, patience)| Some((name.as_ref()?, *patience)))
        .collect();
    wanted.sort_by_key(|(name, _)| *name);
    for (name, patience) in wanted {
        let bucket = throttle::hold(&mut tx, name, now).await?;
        held.push((name.clone(), patience, forgive(bucket, patience, now)));
    }
    let blocked_until = held
        .iter()
        .map(|(_, _, bucket)| bucket.blocked_until)
        .max()
        .unwrap_or(now);
    if blocked_until > now {
        let wait = blocked_until.millis() - now.millis();
        return Err(ServiceError::TooMany {
            retry_after_s: u64::try_from((wait + SECOND - 1) / SECOND).unwrap_or(1),
        });
    }
    for (name, patience, bucket) in held {
        if Some(&name) == own.as_ref() {
            throttle::write(&mut tx, &name, count(bucket, patience, now)).await?;
        }
    }
    tx.commit().await?;
    Ok(Attempt { own, source })
}

impl Attempt {
    /// Counts the failure against the source too; the own bucket counts it already.
    pub(crate) async fn failed(self, service: &Service, tx: &mut Tx) -> Result<(), ServiceError> {
        if let Some(source) = self.source {
            let now = service.now();
            let bucket = forgive(throttle::hold(&mut *tx, &source, now).await?, SOURCE, now);
            throttle::write(tx, &source, count(bucket, SOURCE, now)).await?;
        }
        Ok(())
    }

    /// Clears the own bucket. The source keeps what others did: signing in oneself must not wash away guesses at others.
    pub(crate) async fn succeeded(self, tx: &mut Tx) -> Result<(), ServiceError> {
        if let Some(own) = self.own {
            throttle::clear(tx, &own).await?;
        }
        Ok(())
    }
}

/// Removes the buckets that hold nothing any more.
pub(crate) async fn purge(service: &Service, tx: &mut Tx) -> Result<(), ServiceError> {
    Ok(throttle::purge(tx, service.now().plus_millis(-FORGOTTEN)).await?)
}

fn forgive(bucket: Bucket, patience: Patience, now: Moment) -> Bucket {
    let since = bucket.updated_at.max(bucket.blocked_until);
    let forgiven = (now.millis() - since.millis()).max(0) / patience.forgives;
    Bucket {
        failures: (bucket.failures - forgiven).max(0),
        ..bucket
    }
}

/// One more failure: from the threshold on each doubles the delay. The count stops where the delay does, so that it can be
/// forgiven in reasonable time.
fn count(bucket: Bucket, patience: Patience, now: Moment) -> Bucket {
    let doublings = (LONGEST_DELAY / FIRST_DELAY).ilog2() + 1;
    let failures = (bucket.failures + 1).min(patience.failures + i64::from(doublings));
    let beyond = failures - patience.failures;
    let blocked_until = match u32::try_from(beyond) {
        Ok(beyond) => now.plus_millis((FIRST_DELAY << beyond.min(doublings)).min(LONGEST_DELAY)),
        Err(_) => bucket.blocked_until,
    };
    Bucket {
        failures,
        blocked_until,
        updated_at: now,
    }
}

/// An address, or the network that one subscriber holds in IPv6.
fn network(source: IpAddr) -> String {
    match source.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn empty() -> Bucket {
        Bucket {
            failures: 0,
            blocked_until: Moment::from_millis(0),
            updated_at: Moment::from_millis(0),
        }
    }

    #[test]
    fn the_fifth_failure_brings_the_first_delay_and_each_further_one_doubles_it() {
        let now = Moment::from_millis(1_000_000_000);
        let mut bucket = empty();
        let mut delays = Vec::new();
        for _ in 0..13 {
            bucket = count(bucket, ACCOUNT, now);
            delays.push((bucket.blocked_until.millis() - now.millis()).max(0) / SECOND);
        }
        assert_eq!(delays, [0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]);
    }

    #[test]
    fn time_forgives_everything_within_hours() {
        let now = Moment::from_millis(1_000_000_000);
        let bucket = (0..100).fold(empty(), |bucket, _| count(bucket, ACCOUNT, now));
        let later = bucket.blocked_until.plus_millis(3 * 60 * MINUTE);
        assert_eq!(forgive(bucket, ACCOUNT, later).failures, 0);
    }

    proptest! {
        #[test]
        fn no_delay_is_ever_longer_than_fifteen_minutes(failures in 0_i64..1_000_000, source in any::<bool>()) {
            let now = Moment::from_millis(1_000_000_000);
            let patience = if source { SOURCE } else { ACCOUNT };
            let bucket = count(Bucket { failures, ..empty() }, patience, now);
            prop_assert!(bucket.blocked_until.millis() <= now.millis() + LONGEST_DELAY);
        }
    }

    #[test]
    fn neighbours_in_an_ipv6_network_are_one_source() {
        assert_eq!(
            network("2001:db8:1:2::1".parse().unwrap()),
            network("2001:db8:1:2:ffff::9".parse().unwrap())
        );
        assert_ne!(
            network("2001:db8:1:2::1".parse().unwrap()),
            network("2001:db8:1:3::1".parse().unwrap())
        );
        assert_eq!(network("::ffff:192.0.2.7".parse().unwrap()), "192.0.2.7");
    }
}
