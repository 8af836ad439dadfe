//! Uploads that are interrupted, repeated, too many or taken back.

use super::*;
use crate::file::{Subject, Variant, attach, get, open, remove, views_of};
use crate::testing::{on_both, sentence};
use crate::tests::scene::times;
use crate::{ServiceError, upkeep};
use domain::file::{FileState, Scan};

async fn taken(world: &World, actor: &Actor, id: FileId, offset: usize, chunk: &[u8]) -> Appended {
    let offset = u64::try_from(offset).unwrap();
    append(&world.service, actor, id, offset, chunk).await.unwrap()
}

on_both! {
    async fn an_interrupted_upload_goes_on_where_it_stands_and_a_lost_answer_is_given_again(world: World) {
        let place = workplace(&world, 0).await;
        let bytes = png(40, 30);
        assert!(bytes.len() > 3 * CHUNK);
        let view = begin(&world.service, &place.operator, &announced(FilePurpose::Licence, bytes.len())).await.unwrap();
        let id = view.id;
        assert_eq!((view.state, view.offset, view.scan), (FileState::Uploading, 0, Scan::Pending));
        let first = taken(&world, &place.operator, id, 0, &bytes[..CHUNK]).await;
        // The answer was lost: the same again, and in pieces that the server never answered.
        assert_eq!(taken(&world, &place.operator, id, 0, &bytes[..CHUNK]).await, first);
        let Appended::Taken(stands) = first else { panic!() };
        assert_eq!(stands.offset, CHUNK as u64);
        for (offset, chunk) in [
            (0, &b"something else"[..]),
            (0, &bytes[..2 * CHUNK]),
            (CHUNK / 2, &bytes[CHUNK / 2..CHUNK]),
            (2 * CHUNK, &bytes[2 * CHUNK..3 * CHUNK]),
            (usize::MAX, b"x"),
        ] {
            let offset = u64::try_from(offset).unwrap();
            let answer = append(&world.service, &place.operator, id, offset, chunk).await;
            match answer {
                Ok(Appended::Elsewhere(view)) => assert_eq!(view.offset, CHUNK as u64, "{offset}"),
                Err(ServiceError::Refused(_)) => assert_eq!(offset, u64::MAX),
                other => panic!("{offset}: {other:?}"),
            }
        }
        // The chunk itself was lost: progress says where to go on. Another operator of the host may, too.
        let colleague = operator(&world, "gz.colleague", place.host).await;
        assert_eq!(get(&world.service, &colleague, id).await.unwrap().offset, CHUNK as u64);
        let rest = &bytes[CHUNK..];
        let Appended::Taken(whole) = taken(&world, &colleague, id, CHUNK, rest).await else { panic!() };
        assert_eq!((whole.state, whole.offset), (FileState::Ready, bytes.len() as u64));
        assert!(matches!(taken(&world, &colleague, id, CHUNK, rest).await, Appended::Taken(_)), "the last answer was lost");
        assert!(matches!(taken(&world, &colleague, id, 0, &bytes[..CHUNK]).await, Appended::Elsewhere(_)));
        assert_eq!(times(&world, "file_added").await, 1);
    }

    async fn a_chunk_sent_twice_at_once_is_there_once(world: World) {
        let place = workplace(&world, 0).await;
        let bytes = png(40, 30);
        let view = begin(&world.service, &place.operator, &announced(FilePurpose::Licence, bytes.len())).await.unwrap();
        let send = || append(&world.service, &place.operator, view.id, 0, &bytes[..CHUNK]);
        let both = tokio::join!(send(), send());
        for answer in [both.0.unwrap(), both.1.unwrap()] {
            let (Appended::Taken(view) | Appended::Elsewhere(view)) = answer;
            assert_eq!(view.offset, CHUNK as u64);
        }
        let mut tx = world.service.db().read().await.unwrap();
        assert_eq!(store::file::parts(&mut tx, view.id).await.unwrap().len(), 1);
        drop(tx);
        taken(&world, &place.operator, view.id, CHUNK, &bytes[CHUNK..]).await;
        assert_eq!(get(&world.service, &place.operator, view.id).await.unwrap().state, FileState::Ready);
    }

    async fn a_chunk_that_does_not_fit_is_refused(world: World) {
        let place = workplace(&world, 0).await;
        let view = begin(&world.service, &place.operator, &announced(FilePurpose::Licence, 10)).await.unwrap();
        for chunk in [&b""[..], b"eleven byte", &[0; 512 * 1024 + 1]] {
            let answer = append(&world.service, &place.operator, view.id, 0, chunk).await;
            assert!(matches!(answer, Err(ServiceError::Refused(_))), "{answer:?}");
        }
        let large = announced(FilePurpose::Licence, 20 * 1024 * 1024);
        assert!(sentence(begin(&world.service, &place.operator, &large).await, "file").contains("10 MB"));
    }

    async fn uploads_that_nobody_ends_make_way_and_loose_files_are_not_without_number(world: World) {
        let place = workplace(&world, 0).await;
        let first = begin(&world.service, &place.operator, &announced(FilePurpose::Other, 10)).await.unwrap();
        for _ in 0..10 {
            world.wait_seconds(1);
            begin(&world.service, &place.operator, &announced(FilePurpose::Other, 10)).await.unwrap();
        }
        assert!(matches!(get(&world.service, &place.operator, first.id).await, Err(ServiceError::NotFound)));
        let mut tx = world.service.db().read().await.unwrap();
        let owner = domain::file::FileOwner::Host(place.host);
        assert_eq!(store::file::count_loose(&mut tx, owner).await.unwrap(), 10);
    }

    async fn what_is_loose_can_be_taken_back_and_what_is_used_cannot(world: World) {
        let place = workplace(&world, 0).await;
        let (a, b) = (
            uploaded(&world.service, &place.operator, &png(30, 30)).await.id,
            uploaded(&world.service, &place.operator, &pdf()).await.id,
        );
        let subject = Subject { kind: "certification", id: "7" };
        let mut tx = world.service.db().begin().await.unwrap();
        attach(&world.service, &mut tx, &place.operator, subject, &[b, a]).await.unwrap();
        let papers = views_of(&world.service, &mut tx, subject).await.unwrap();
        assert_eq!(papers.iter().map(|paper| paper.id).collect::<Vec<_>>(), [b, a]);
        assert_eq!(papers[0].name, "执照 52222420040229001X.png");
        tx.commit().await.unwrap();
        assert!(matches!(remove(&world.service, &place.operator, a).await, Err(ServiceError::Refused(_))));
        let mut tx = world.service.db().begin().await.unwrap();
        attach(&world.service, &mut tx, &place.operator, subject, &[b]).await.unwrap();
        tx.commit().await.unwrap();
        remove(&world.service, &place.operator, a).await.unwrap();
        assert!(matches!(open(&world.service, &place.operator, a, Variant::Original).await, Err(ServiceError::NotFound)));
        assert_eq!((lies_on_disk(&world).len(), times(&world, "file_deleted").await), (1, 1), "erased, with its picture");
        let other = workplace(&world, 1).await;
        let unfinished = begin(&world.service, &other.operator, &announced(FilePurpose::Other, 10)).await.unwrap().id;
        for (actor, id) in [(&other.operator, b), (&other.operator, unfinished), (&place.operator, a)] {
            let mut tx = world.service.db().begin().await.unwrap();
            sentence(attach(&world.service, &mut tx, actor, Subject { kind: "x", id: "1" }, &[id]).await, "file");
        }
    }

    async fn what_nobody_used_for_a_week_goes_and_what_is_used_stays(world: World) {
        let place = workplace(&world, 0).await;
        let used = uploaded(&world.service, &place.operator, &pdf()).await.id;
        let loose = uploaded(&world.service, &place.operator, &png(30, 30)).await.id;
        let unfinished = begin(&world.service, &place.operator, &announced(FilePurpose::Other, 10)).await.unwrap().id;
        let mut tx = world.service.db().begin().await.unwrap();
        attach(&world.service, &mut tx, &place.operator, Subject { kind: "case", id: "1" }, &[used]).await.unwrap();
        tx.commit().await.unwrap();
        world.wait_seconds(6 * 86_400);
        let again = operator(&world, "gz.again", place.host).await;
        upkeep(&world.service).await;
        assert!(get(&world.service, &again, loose).await.is_ok());
        world.wait_seconds(86_401);
        let again = operator(&world, "gz.later", place.host).await;
        upkeep(&world.service).await;
        for gone in [loose, unfinished] {
            assert!(matches!(get(&world.service, &again, gone).await, Err(ServiceError::NotFound)));
        }
        assert!(open(&world.service, &again, used, Variant::Original).await.is_ok());
        assert_eq!(lies_on_disk(&world).len(), 1);
    }
}
