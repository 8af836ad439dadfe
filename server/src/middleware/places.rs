//! Places for chunks of uploaded files. A chunk may take a minute on a slow network and is in memory meanwhile, so only so
//! many are received at once, and of one account only a few: nobody can keep everybody else from uploading.

use domain::AccountId;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// Chunks that are received at once.
const ALL: usize = 64;
/// Those of one account: each field of a form sends one chunk after the other, no form has more than four such fields, and
/// two more may hang where a phone changed from Wi-Fi to its own network.
pub const OWN: usize = 6;
/// A chunk of which nothing arrived for so long makes way for the next one of its account: nothing of it is kept before it is
/// whole, so its sender loses this one chunk at most and sends it again.
pub const IDLE: Duration = Duration::from_secs(5);

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// The account has all of its own, and each is being used.
    Own,
    /// All are taken.
    All,
}

/// The places of this process.
#[derive(Debug)]
pub struct Places(Mutex<Taken>);

#[derive(Debug)]
struct Taken {
    /// Places taken by anybody.
    number: usize,
    /// The name of the next one.
    next: u64,
    by: BTreeMap<AccountId, Vec<Held>>,
}

#[derive(Debug)]
struct Held {
    name: u64,
    /// When something of the chunk arrived last; none once it is whole.
    heard: Option<Instant>,
    give_up: oneshot::Sender<()>,
}

/// A place, until it is dropped.
#[derive(Debug)]
pub struct Place<'a> {
    places: &'a Places,
    account: AccountId,
    name: u64,
    given_up: oneshot::Receiver<()>,
}

impl Places {
    /// All of them free.
    pub const fn new() -> Self {
        Self(Mutex::new(Taken {
            number: 0,
            next: 0,
            by: BTreeMap::new(),
        }))
    }

    /// A place for a chunk of this account; where it has [`OWN`] already, the one that has been silent longest.
    ///
    /// # Errors
    /// [`Full`].
    pub fn take(&self, account: AccountId) -> Result<Place<'_>, Full> {
        let (give_up, given_up) = oneshot::channel();
        let now = Instant::now();
        let mut taken = self.taken();
        let own = taken.by.get(&account).map_or(0, Vec::len);
        if own >= OWN {
            taken.give_up_a_silent_one(account, now).ok_or(Full::Own)?;
        }
        if taken.number >= ALL {
            return Err(Full::All);
        }
        let name = taken.next;
        taken.next += 1;
        taken.number += 1;
        taken.by.entry(account).or_default().push(Held {
            name,
            heard: Some(now),
            give_up,
        });
        Ok(Place {
            places: self,
            account,
            name,
            given_up,
        })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn give_up_a_silent_one(&mut self, account: AccountId, now: Instant) -> Option<()> {
        let held = self.by.get(&account)?;
        let silent = held
            .iter()
            .filter_map(|one| Some((one.heard?, one.name)))
            .filter(|(heard, _)| now.duration_since(*heard) >= IDLE)
            .min()?;
        let gone = self.free(account, silent.1)?;
        // Its request may have ended at this very moment.
        let _ = gone.give_up.send(());
        Some(())
    }

    fn free(&mut self, account: AccountId, name: u64) -> Option<Held> {
        let held = self.by.get_mut(&account)?;
        let at = held.iter().position(|one| one.name == name)?;
        let gone = held.swap_remove(at);
        if held.is_empty() {
            self.by.remove(&account);
        }
        self.number -= 1;
        Some(gone)
    }
}

impl Place<'_> {
    /// Something of the chunk arrived.
    pub fn heard(&self) {
        self.note(Some(Instant::now()));
    }

    /// All of it arrived: from now on the place is not given up, because the chunk is being kept.
    pub fn whole(&self) {
        self.note(None);
    }

    /// Waits until the place was given to another chunk.
    pub async fn given_up(&mut self) {
        // The other side goes only together with this place.
        if (&mut self.given_up).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    fn note(&self, heard: Option<Instant>) {
        let mut taken = self.places.taken();
        let held = taken.by.get_mut(&self.account);
        if let Some(one) = held.and_then(|held| held.iter_mut().find(|one| one.name == self.name)) {
            one.heard = heard;
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.places.taken().free(self.account, self.name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::advance;
    use uuid::Uuid;

    fn account(number: u128) -> AccountId {
        AccountId::new(Uuid::from_u128(number))
    }

    fn all_own(places: &Places, number: u128) -> Vec<Place<'_>> {
        (0..OWN)
            .map(|_| places.take(account(number)).expect("a place"))
            .collect()
    }

    #[tokio::test(start_paused = true)]
    async fn one_account_has_a_few_places_and_everybody_else_the_others() {
        let places = Places::new();
        let mut own = all_own(&places, 1);
        assert_eq!(places.take(account(1)).err(), Some(Full::Own));
        let other = places.take(account(2)).expect("another account's");
        own.pop();
        own.push(places.take(account(1)).expect("one ended"));
        assert_eq!(places.take(account(1)).err(), Some(Full::Own));
        drop((own, other));
        let taken = places.taken();
        assert_eq!((taken.number, taken.by.len()), (0, 0), "nothing is left behind");
    }

    #[tokio::test(start_paused = true)]
    async fn a_chunk_that_hangs_makes_way_and_one_that_arrives_slowly_or_is_being_kept_does_not() {
        let places = Places::new();
        let mut own = all_own(&places, 1);
        let others = all_own(&places, 2);
        own[0].whole();
        advance(Duration::from_secs(4)).await;
        own[1].heard();
        advance(Duration::from_secs(1)).await;
        let next = places.take(account(1)).expect("of the one that is silent longest");
        own[2].given_up().await;
        for still in [0, 1, 3, 4, 5] {
            assert!(own[still].given_up.try_recv().is_err(), "{still}");
        }
        for place in &own {
            place.heard();
        }
        assert_eq!(places.take(account(1)).err(), Some(Full::Own));
        drop(own);
        assert_eq!(places.taken().number, 1 + others.len(), "each was freed once");
        drop(next);
    }

    #[tokio::test(start_paused = true)]
    async fn all_of_them_are_taken_by_many_only() {
        let places = Places::new();
        let mut taken = Vec::new();
        for number in 0.. {
            match places.take(account(number / 4)) {
                Ok(place) => taken.push(place),
                Err(full) => {
                    assert_eq!((full, taken.len()), (Full::All, ALL));
                    break;
                }
            }
        }
        taken.pop();
        assert!(places.take(account(99)).is_ok());
    }
}
