//! Files: chunks at their place, one check at a time, papers that stay, and scope in each query.

use crate::told::{NOW, host_side, on_both, person, uuid};
use domain::file::{FileKind, FileOwner, FilePurpose, FileState, Scan, Unfit};
use domain::{AccountId, AgencyId, FileId};
use store::file::{File, Stored};
use store::{Db, StoreError, Tx};

fn file(number: u128, owner: FileOwner, by: AccountId) -> File {
    File {
        id: FileId::new(uuid(number)),
        owner,
        uploaded_by: by,
        purpose: FilePurpose::Licence,
        name_sealed: "v1.name".to_owned(),
        size: 10,
        received: 0,
        state: FileState::Uploading,
        scan: Scan::Pending,
        stored: None,
        created_at: NOW,
        used: false,
        version: 1,
    }
}

fn content() -> Stored {
    Stored {
        kind: FileKind::Jpeg,
        size: 7,
        sha256: "ab".repeat(32),
    }
}

async fn find(tx: &mut Tx, file: &File) -> File {
    store::file::find_own(tx, file.owner, file.id).await.unwrap().unwrap()
}

/// Uploaded whole and found good.
async fn ready(tx: &mut Tx, new: &File) -> File {
    store::file::insert(&mut *tx, new).await.unwrap();
    store::file::append(&mut *tx, new, FileState::Checking, 10, "v1.all")
        .await
        .unwrap();
    let claim = store::file::claim(&mut *tx, new.id, NOW, NOW.plus_millis(1))
        .await
        .unwrap()
        .unwrap();
    store::file::finish(&mut *tx, &claim.file, FileState::Ready, Scan::Clean, Some(&content()))
        .await
        .unwrap();
    find(tx, new).await
}

on_both! {
    async fn a_chunk_is_taken_once_at_its_place(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let side = host_side(&mut tx, 100, "91350100M000100Y43").await;
        let new = file(1, FileOwner::Host(side.host), side.operator);
        store::file::insert(&mut tx, &new).await.unwrap();
        assert_eq!(find(&mut tx, &new).await, new);
        store::file::append(&mut tx, &new, FileState::Uploading, 6, "v1.first").await.unwrap();
        let again = store::file::append(&mut tx, &new, FileState::Uploading, 6, "v1.first").await;
        assert!(matches!(again, Err(StoreError::Conflict)));
        let half = find(&mut tx, &new).await;
        assert_eq!((half.received, half.state), (6, FileState::Uploading));
        store::file::append(&mut tx, &half, FileState::Checking, 4, "v1.second").await.unwrap();
        let parts = store::file::parts(&mut tx, new.id).await.unwrap();
        assert_eq!(parts, [(0, "v1.first".to_owned()), (6, "v1.second".to_owned())]);
        assert_eq!(store::file::part_at(&mut tx, new.id, 6).await.unwrap().as_deref(), Some("v1.second"));
        assert_eq!(store::file::part_at(&mut tx, new.id, 5).await.unwrap(), None);
        tx.commit().await.unwrap();
    }

    async fn one_node_checks_at_a_time_and_another_takes_over_when_it_does_not_come_back(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let side = host_side(&mut tx, 100, "91350100M000100Y43").await;
        let new = file(1, FileOwner::Host(side.host), side.operator);
        store::file::insert(&mut tx, &new).await.unwrap();
        let until = NOW.plus_millis(1000);
        assert_eq!(store::file::claim(&mut tx, new.id, NOW, until).await.unwrap(), None, "not whole yet");
        store::file::append(&mut tx, &new, FileState::Checking, 10, "v1.all").await.unwrap();
        assert_eq!(store::file::due(&mut tx, NOW, 9).await.unwrap(), [new.id]);
        let first = store::file::claim(&mut tx, new.id, NOW, until).await.unwrap().unwrap();
        assert_eq!(store::file::claim(&mut tx, new.id, NOW, until).await.unwrap(), None);
        assert!(store::file::due(&mut tx, NOW, 9).await.unwrap().is_empty());
        let second = store::file::claim(&mut tx, new.id, until, until.plus_millis(1000)).await.unwrap().unwrap();
        assert_eq!((first.tries, second.tries), (1, 2));
        let late = store::file::finish(&mut tx, &first.file, FileState::Ready, Scan::Clean, Some(&content())).await;
        assert!(matches!(late, Err(StoreError::Conflict)));
        store::file::release(&mut tx, &second.file, Scan::Unreachable).await.unwrap();
        assert_eq!(find(&mut tx, &new).await.scan, Scan::Unreachable);
        let third = store::file::claim(&mut tx, new.id, until, until.plus_millis(1000)).await.unwrap().unwrap();
        assert_eq!(third.tries, 1, "the second ended in good order");
        store::file::finish(&mut tx, &third.file, FileState::Refused(Unfit::Svg), Scan::Pending, None).await.unwrap();
        assert_eq!(find(&mut tx, &new).await.state, FileState::Refused(Unfit::Svg));
        assert!(store::file::parts(&mut tx, new.id).await.unwrap().is_empty(), "its content is gone");
        tx.commit().await.unwrap();
    }

    async fn a_file_is_there_for_its_owner_alone(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let (side, other) = (
            host_side(&mut tx, 100, "91350100M000100Y43").await,
            host_side(&mut tx, 200, "91000000MA00000T4X").await,
        );
        let trainee = person(&mut tx, 300).await;
        let own = ready(&mut tx, &file(1, FileOwner::Host(side.host), side.operator)).await;
        for owner in [
            FileOwner::Host(other.host),
            FileOwner::Trainee(trainee.id),
            FileOwner::Agency(AgencyId::new(uuid(101))),
        ] {
            assert_eq!(store::file::find_own(&mut tx, owner, own.id).await.unwrap(), None);
            assert!(!store::file::remove(&mut tx, owner, own.id, NOW).await.unwrap());
            assert!(!store::file::attach(&mut tx, owner, own.id, "certification", "1", 0).await.unwrap());
            assert_eq!(store::file::count_loose(&mut tx, owner).await.unwrap(), 0);
        }
        let agency = AgencyId::new(uuid(101));
        assert!(!store::file::is_granted(&mut tx, own.id, agency).await.unwrap());
        for _ in 0..2 {
            store::file::grant(&mut tx, own.id, agency, NOW).await.unwrap();
        }
        assert!(store::file::is_granted(&mut tx, own.id, agency).await.unwrap());
        assert!(!store::file::is_granted(&mut tx, own.id, AgencyId::new(uuid(201))).await.unwrap());
        tx.commit().await.unwrap();
    }

    async fn what_is_used_stays_and_what_is_loose_goes_with_its_chunks(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let side = host_side(&mut tx, 100, "91350100M000100Y43").await;
        let owner = FileOwner::Host(side.host);
        let (a, b) = (
            ready(&mut tx, &file(1, owner, side.operator)).await,
            ready(&mut tx, &file(2, owner, side.operator)).await,
        );
        let unfinished = file(3, owner, side.operator);
        store::file::insert(&mut tx, &unfinished).await.unwrap();
        store::file::append(&mut tx, &unfinished, FileState::Uploading, 1, "v1.x").await.unwrap();
        assert!(!store::file::attach(&mut tx, owner, unfinished.id, "case", "7", 0).await.unwrap(), "not ready");
        for (position, file) in [(0, &b), (1, &a)] {
            assert!(store::file::attach(&mut tx, owner, file.id, "case", "7", position).await.unwrap());
        }
        assert!(store::file::attach(&mut tx, owner, a.id, "case", "8", 0).await.unwrap());
        let uses = store::file::uses_of(&mut tx, "case", "7").await.unwrap();
        assert_eq!(uses.iter().map(|file| (file.id, file.used)).collect::<Vec<_>>(), [(b.id, true), (a.id, true)]);
        assert_eq!(store::file::sha256_of_uses(&mut tx, "case", "7").await.unwrap().len(), 2);
        assert!(!store::file::remove(&mut tx, owner, a.id, NOW).await.unwrap());
        store::file::detach_all(&mut tx, "case", "7", NOW).await.unwrap();
        assert!(store::file::is_used(&mut tx, a.id).await.unwrap(), "still used for 8");
        assert!(!store::file::is_used(&mut tx, b.id).await.unwrap());
        assert_eq!(store::file::count_loose(&mut tx, owner).await.unwrap(), 2);
        assert_eq!(store::file::oldest_unfinished(&mut tx, owner, 0).await.unwrap(), [unfinished.id]);
        assert!(store::file::oldest_unfinished(&mut tx, owner, 1).await.unwrap().is_empty());
        assert!(store::file::sweepable(&mut tx, NOW, 9).await.unwrap().is_empty(), "not older than now");
        let later = NOW.plus_millis(1);
        let old = store::file::sweepable(&mut tx, later, 9).await.unwrap();
        assert_eq!(old.iter().map(|file| file.id).collect::<std::collections::BTreeSet<_>>(), [b.id, unfinished.id].into());
        for file in old {
            assert!(store::file::remove(&mut tx, owner, file.id, later).await.unwrap());
        }
        assert!(store::file::parts(&mut tx, unfinished.id).await.unwrap().is_empty());
        assert_eq!(store::file::erased(&mut tx, 9).await.unwrap().len(), 2);
        store::file::forget_erased(&mut tx, b.id).await.unwrap();
        assert_eq!(store::file::erased(&mut tx, 9).await.unwrap(), [unfinished.id]);
        tx.commit().await.unwrap();
    }
}
