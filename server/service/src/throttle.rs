//! Slows whoever guesses, never locks an owner out for good.
//!
//! Passwords from devices that an account does not know count three times: for the account in the caller's network, for the
//! account over all networks, and for the caller's address over all accounts. The first is strict, since the owner hardly
//! ever shares a network with who guesses; the other two are patient, since they also hold people who did nothing. A device
//! on which the owner signed in before counts for itself alone, so that nobody else can block it. Codes and current
//! passwords count per account wherever they are typed: whoever gets that far is inside already or knows the password.
//!
//! Registrations that succeed count, too, for the network that they come from: each makes an account with rights of its own.

use crate::context::Service;
use crate::error::ServiceError;
use domain::Moment;
use std::net::IpAddr;
use store::Tx;
use store::throttle::{self, Bucket};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const FIRST_DELAY: i64 = 15 * SECOND;
/// After this long without a failure nothing of a bucket counts any more.
const FORGOTTEN: i64 = 24 * 60 * MINUTE;

/// How patient a bucket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Patience {
    /// The failure from which on there is a delay.
    failures: i64,
    /// How long one failure is held against it.
    forgives: i64,
    /// No delay is longer.
    longest: i64,
}

/// One account, from one known device or from one network: people mistype a few times, not dozens of times.
const ACCOUNT: Patience = Patience {
    failures: 5,
    forgives: 15 * MINUTE,
    longest: 15 * MINUTE,
};
/// One account, from unknown devices in all networks together: against guessing from many places at once. NIST SP 800-63B
/// 5.2.2 allows 100 failures in a row, which no owner reaches by mistake; then a try a minute (1 440 a day) is nothing to a
/// password that zxcvbn gives 10^8 guesses, and an owner on a new device never waits longer than that minute at a time.
const EVERYWHERE: Patience = Patience {
    failures: 100,
    forgives: 15 * MINUTE,
    longest: MINUTE,
};
/// One network address, over all accounts: against trying one common password on everybody. A whole school signs in from
/// behind one address on a Monday morning, and one in ten mistypes: room for thousands of them, ten more each minute.
const SOURCE: Patience = Patience {
    failures: 1000,
    forgives: 6 * SECOND,
    longest: MINUTE,
};
/// One network address that registers numbers which are taken: honest people do that seldom.
const REGISTRATIONS: Patience = Patience {
    failures: 100,
    forgives: MINUTE,
    longest: MINUTE,
};

/// One network that registers people and units. A school's computer room of sixty seats registers twice over, or a hall of
/// graduates behind one Wi-Fi or one address of a carrier, before anybody waits; then two a minute go on, each after half a
/// minute at most. A script from one network makes no more than 3 000 accounts a day, and each of them shows in the log.
const NEWCOMERS: Patience = Patience {
    failures: 120,
    forgives: 30 * SECOND,
    longest: 30 * SECOND,
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
    /// A registration: with numbers that are taken it is guessing who is registered, otherwise it makes an account.
    Registration,
    /// Another ID number for the own identity: guessing who is registered.
    IdCard,
}

impl Try {
    const fn label(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
            Self::CurrentPassword => "current_password",
            Self::Registration => "registration",
            Self::IdCard => "id_card",
        }
    }

    const fn patience_with_a_source(self) -> Patience {
        match self {
            Self::Password | Self::Code | Self::CurrentPassword | Self::IdCard => SOURCE,
            Self::Registration => REGISTRATIONS,
        }
    }
}

/// A bucket by its hashed name. Buckets are always taken in the order of their names, so that two tries that share some do
/// not wait for each other crosswise.
type Named = (String, Patience);

/// A try that was let through and already counts as failed, so that tries at once cannot outrun the count.
#[derive(Debug)]
pub(crate) struct Attempt {
    at: Moment,
    /// Counted when the try was let through.
    counted: Vec<Named>,
    /// Counted when it failed.
    source: Option<Named>,
    /// Counted when it was let through, and no more when it failed.
    newcomer: Option<Named>,
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
    let mut counted = Vec::new();
    if let Some(subject) = subject {
        match (device, source) {
            (Some(device), _) => counted.push((name("device", &format!("{subject}/{device}")), ACCOUNT)),
            (None, Some(source)) if what == Try::Password => {
                let network = format!("{subject}/{}", neighbourhood(source));
                counted.push((name("network", &network), ACCOUNT));
                counted.push((name("everywhere", subject), EVERYWHERE));
            }
            (None, _) => counted.push((name("strangers", subject), ACCOUNT)),
        }
    }
    let newcomer = source
        .filter(|_| what == Try::Registration)
        .map(|source| (name("newcomers", &neighbourhood(source)), NEWCOMERS));
    let source = source
        .filter(|_| device.is_none())
        .map(|source| (name("source", &subscriber(source)), what.patience_with_a_source()));
    let mut wanted: Vec<(&Named, bool)> = counted.iter().map(|bucket| (bucket, true)).collect();
    wanted.extend(source.iter().map(|bucket| (bucket, false)));
    wanted.extend(newcomer.iter().map(|bucket| (bucket, true)));
    wanted.sort_by_key(|((name, _), _)| name);

    let mut tx = service.db().begin().await?;
    let mut held = Vec::new();
    for ((name, patience), counts) in wanted {
        let bucket = throttle::hold(&mut tx, name, now).await?;
        held.push((name, *patience, forgive(bucket, *patience, now), counts));
    }
    let longest = held.iter().max_by_key(|(.., bucket, _)| bucket.blocked_until);
    if let Some((_, patience, bucket, _)) = longest.filter(|(.., bucket, _)| bucket.blocked_until > now) {
        let wait = bucket.blocked_until.millis() - now.millis();
        let retry_after_s = u64::try_from((wait + SECOND - 1) / SECOND).unwrap_or(1);
        return Err(if *patience == NEWCOMERS {
            ServiceError::Crowded { retry_after_s }
        } else {
            ServiceError::TooMany { retry_after_s }
        });
    }
    for (name, patience, bucket, counts) in held {
        if counts {
            throttle::write(&mut tx, name, count(bucket, patience, now)).await?;
        }
    }
    tx.commit().await?;
    counted.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(Attempt {
        at: now,
        counted,
        source,
        newcomer,
    })
}

impl Attempt {
    /// Counts the failure against the source too; the other buckets count it already. Nobody new came.
    pub(crate) async fn failed(self, service: &Service, tx: &mut Tx) -> Result<(), ServiceError> {
        let now = service.now();
        let mut wanted: Vec<(&Named, bool)> = self.source.iter().map(|bucket| (bucket, true)).collect();
        wanted.extend(self.newcomer.iter().map(|bucket| (bucket, false)));
        wanted.sort_by_key(|((name, _), _)| name);
        for ((name, patience), counts) in wanted {
            if counts {
                let bucket = forgive(throttle::hold(&mut *tx, name, now).await?, *patience, now);
                throttle::write(&mut *tx, name, count(bucket, *patience, now)).await?;
            } else {
                self.take_back(&mut *tx, name).await?;
            }
        }
        Ok(())
    }

    /// Clears what the owner's own slips left. What others did over all networks and from the same source stays: signing in
    /// oneself must not wash away guesses, only this try was none.
    pub(crate) async fn succeeded(self, tx: &mut Tx) -> Result<(), ServiceError> {
        for (name, patience) in &self.counted {
            if *patience == EVERYWHERE {
                self.take_back(&mut *tx, name).await?;
            } else {
                throttle::clear(&mut *tx, name).await?;
            }
        }
        Ok(())
    }

    /// Whether the password fits. Where nobody came to look at it, because too many sign in at once, the count is taken
    /// back: somebody who comes back with the right password, as asked, must not be slowed for it.
    pub(crate) async fn fits(
        &self,
        service: &Service,
        password: String,
        hash: Option<String>,
    ) -> Result<bool, ServiceError> {
        let fits = service.passwords().verify(password, hash).await;
        if fits.is_err() {
            self.not_looked_at(service).await?;
        }
        fits
    }

    async fn not_looked_at(&self, service: &Service) -> Result<(), ServiceError> {
        let mut tx = service.db().begin().await?;
        for (name, _) in &self.counted {
            self.take_back(&mut tx, name).await?;
        }
        Ok(tx.commit().await?)
    }

    /// One failure less, and no delay where this try brought it.
    async fn take_back(&self, tx: &mut Tx, name: &str) -> Result<(), ServiceError> {
        let bucket = throttle::hold(&mut *tx, name, self.at).await?;
        Ok(throttle::write(tx, name, without(bucket, self.at)).await?)
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
    let doublings = (patience.longest / FIRST_DELAY).ilog2() + 1;
    let failures = (bucket.failures + 1).min(patience.failures + i64::from(doublings));
    let beyond = failures - patience.failures;
    let blocked_until = match u32::try_from(beyond) {
        Ok(beyond) => now.plus_millis((FIRST_DELAY << beyond.min(doublings)).min(patience.longest)),
        Err(_) => bucket.blocked_until,
    };
    Bucket {
        failures,
        blocked_until,
        updated_at: now,
    }
}

/// The bucket without the failure that was counted `at` that moment. A delay since then is somebody else's and stays.
fn without(bucket: Bucket, at: Moment) -> Bucket {
    Bucket {
        failures: (bucket.failures - 1).max(0),
        blocked_until: if bucket.updated_at == at {
            at
        } else {
            bucket.blocked_until
        },
        ..bucket
    }
}

/// An address, or the network that one subscriber holds in IPv6.
fn subscriber(source: IpAddr) -> String {
    match source.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// The addresses among which a phone moves on its own: the /24 of an IPv4 address, the /64 of an IPv6 one.
fn neighbourhood(source: IpAddr) -> String {
    match source.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(_) => subscriber(source),
    }
}

#[cfg(test)]
mod tests;
