//! Whom a file is there for.

use super::*;
use crate::ServiceError;
use crate::file::{Variant, get, open, remove};
use crate::testing::on_both;
use crate::tests::scene::times;

fn is_not_there<T: std::fmt::Debug>(answer: Result<T, ServiceError>) {
    assert!(matches!(answer, Err(ServiceError::NotFound)), "{answer:?}");
}

async fn nothing_is_there(world: &World, actor: &Actor, id: FileId) {
    for variant in [Variant::Original, Variant::Thumbnail] {
        is_not_there(open(&world.service, actor, id, variant).await);
    }
    is_not_there(get(&world.service, actor, id).await);
    is_not_there(append(&world.service, actor, id, 0, b"x").await);
    is_not_there(remove(&world.service, actor, id).await);
}

/// A mentor of a host. No command makes one yet, so the row is turned into one.
async fn mentor(world: &World, host: domain::HostId) -> Actor {
    let staff = crate::account::create_staff(
        &world.service,
        crate::account::NewStaff {
            role: Role::Mentor,
            name: "何老师".to_owned(),
            login: "gz.mentor".to_owned(),
            password: Some(crate::testing::PASSWORD.to_owned()),
            host: Some(host.to_string()),
            agency: None,
        },
    )
    .await
    .unwrap();
    world.actor(&world.sign_in_staff(&staff).await).await
}

on_both! {
    async fn somebody_elses_file_is_not_there_for_anything(world: World) {
        let (place, other) = (workplace(&world, 0).await, workplace(&world, 1).await);
        let (person, stranger) = (trainee(&world, 0).await, trainee(&world, 1).await);
        let agency = world.agency("观山湖区就业局", "520115").await;
        let reviewer = agency_staff(&world, "gz.reviewer", Role::Reviewer, agency).await;
        let admin = agency_staff(&world, "gz.admin", Role::Admin, agency).await;
        let mentor = mentor(&world, place.host).await;
        let of_host = uploaded(&world.service, &place.operator, &png(30, 30)).await.id;
        let of_person = uploaded(&world.service, &person, &png(30, 30)).await.id;
        let unknown = FileId::new(uuid::Uuid::from_u128(7));
        for actor in [&other.operator, &person, &stranger, &reviewer, &admin, &mentor] {
            nothing_is_there(&world, actor, of_host).await;
            nothing_is_there(&world, actor, unknown).await;
        }
        for actor in [&other.operator, &place.operator, &stranger, &reviewer, &admin, &mentor] {
            nothing_is_there(&world, actor, of_person).await;
        }
        for actor in [&admin, &mentor] {
            let begun = begin(&world.service, actor, &announced(FilePurpose::Other, 10)).await;
            assert!(matches!(begun, Err(ServiceError::Forbidden)), "{begun:?}");
        }
        assert!(open(&world.service, &place.operator, of_host, Variant::Original).await.is_ok());
        assert!(open(&world.service, &person, of_person, Variant::Original).await.is_ok());
        assert_eq!((times(&world, "file_read").await, times(&world, "file_deleted").await), (0, 0));
    }

    async fn an_agency_reads_what_reached_it_and_each_read_is_logged(world: World) {
        let place = workplace(&world, 0).await;
        let (agency, elsewhere) = (
            world.agency("观山湖区就业局", "520115").await,
            world.agency("石阡县就业局", "520623").await,
        );
        let file = uploaded(&world.service, &place.operator, &png(30, 30)).await.id;
        let_read(&world, file, agency).await;
        let reviewer = agency_staff(&world, "gz.reviewer", Role::Reviewer, agency).await;
        let auditor = agency_staff(&world, "gz.auditor", Role::Auditor, agency).await;
        let admin = agency_staff(&world, "gz.admin", Role::Admin, agency).await;
        let other = agency_staff(&world, "sq.reviewer", Role::Reviewer, elsewhere).await;
        open(&world.service, &reviewer, file, Variant::Thumbnail).await.unwrap();
        assert_eq!(times(&world, "file_read").await, 0, "a small picture is no read");
        for reader in [&reviewer, &auditor] {
            open(&world.service, reader, file, Variant::Original).await.unwrap();
        }
        open(&world.service, &place.operator, file, Variant::Original).await.unwrap();
        assert_eq!(times(&world, "file_read").await, 2, "the owner's own look is none");
        for actor in [&admin, &other] {
            nothing_is_there(&world, actor, file).await;
        }
        is_not_there(append(&world.service, &reviewer, file, 0, b"x").await);
        is_not_there(remove(&world.service, &reviewer, file).await);
        is_not_there(get(&world.service, &reviewer, file).await);
    }

    async fn an_agencys_own_record_belongs_to_its_staff(world: World) {
        let place = workplace(&world, 0).await;
        let agency = world.agency("永川区就业局", "500118").await;
        let reviewer = agency_staff(&world, "cq.reviewer", Role::Reviewer, agency).await;
        let colleague = agency_staff(&world, "cq.colleague", Role::Reviewer, agency).await;
        let record = uploaded_as(&world.service, &reviewer, FilePurpose::InspectionRecord, &pdf()).await.id;
        open(&world.service, &colleague, record, Variant::Original).await.unwrap();
        nothing_is_there(&world, &place.operator, record).await;
        assert_eq!(times(&world, "file_read").await, 1);
    }

    async fn a_file_that_is_not_ready_is_not_read(world: World) {
        let place = workplace(&world, 0).await;
        let unfinished = begin(&world.service, &place.operator, &announced(FilePurpose::Other, 10)).await.unwrap().id;
        let paper = uploaded(&world.service, &place.operator, &pdf()).await.id;
        is_not_there(open(&world.service, &place.operator, unfinished, Variant::Original).await);
        is_not_there(open(&world.service, &place.operator, paper, Variant::Thumbnail).await);
    }
}
