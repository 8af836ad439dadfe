//! The key file and what it seals.

use crate::testing::{World, config, key_file, on_both, registration};
use crate::vault::{KeyError, SealError};
use crate::{OpenError, Purpose, Service, ServiceConfig, doctor, trainee};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Lets go of the database, lock and all, and says where the key file is.
async fn closed(world: World) -> (store::testing::Fresh, crate::Clock) {
    let World { service, clock, fresh } = world;
    service.close().await;
    (fresh, clock)
}

async fn open(fresh: &store::testing::Fresh, clock: &crate::Clock) -> Result<Service, KeyError> {
    match Service::open(config(fresh, clock.clone())).await {
        Ok(service) => Ok(service),
        Err(OpenError::Key(error)) => Err(error),
        Err(other) => panic!("{other}"),
    }
}

fn write(path: &Path, text: &str, mode: u32) {
    let _ = std::fs::remove_file(path);
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

on_both! {
    async fn the_first_start_makes_a_key_file_for_its_owner_alone(world: World) {
        let path = key_file(&world.fresh);
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("v1:") && text.trim().len() == 3 + 64);
        assert!(!format!("{:?}", world.service.vault()).contains(&text[3..20]));
    }

    async fn a_missing_foreign_open_or_malformed_key_file_stops_the_start_with_the_next_step(world: World) {
        let (fresh, clock) = closed(world).await;
        let path = key_file(&fresh);
        let own = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let missing = open(&fresh, &clock).await.err().unwrap();
        assert!(matches!(missing, KeyError::Missing(_)) && missing.to_string().contains("Put the key file back"));
        assert!(!path.exists(), "no new key is made for data that it cannot open");
        write(&path, &format!("v1:{}\n", "ab".repeat(32)), 0o600);
        assert!(matches!(open(&fresh, &clock).await, Err(KeyError::DoesNotFit(_))));
        for mode in [0o640, 0o604, 0o700, 0o777] {
            write(&path, &own, mode);
            let too_open = open(&fresh, &clock).await.err().unwrap();
            assert!(matches!(too_open, KeyError::TooOpen { .. }) && too_open.to_string().contains("chmod 0600"));
        }
        for text in ["", "\n", "v1", "v0:00", "v1:xyz", "1:00", &format!("v1:{}", "ab".repeat(31)), "密钥", &format!("{own}{own}")] {
            write(&path, text, 0o600);
            let malformed = open(&fresh, &clock).await.err().unwrap();
            assert!(matches!(malformed, KeyError::Malformed { .. }), "{text}");
            assert!(!malformed.to_string().contains("abab"), "the sentence must not hold the key");
        }
        write(&path, &own, 0o400);
        assert!(open(&fresh, &clock).await.is_ok());
    }

    async fn a_second_key_seals_from_now_on_and_the_first_still_opens(world: World) {
        let session = world.register(registration(0)).await;
        let (fresh, clock) = closed(world).await;
        let path = key_file(&fresh);
        let first = std::fs::read_to_string(&path).unwrap();
        write(&path, &format!("{first}v2:{}\n", "cd".repeat(32)), 0o600);
        let service = open(&fresh, &clock).await.unwrap();
        let actor = crate::account::authenticate(&service, &session.token).await.unwrap().unwrap();
        assert_eq!(trainee::me(&service, &actor).await.unwrap().phone, "138****5670");
        assert!(service.vault().seal("purpose", "row", "text").unwrap().starts_with("v2."));
        service.close().await;
        drop(service);
        write(&path, &first, 0o600);
        assert!(matches!(open(&fresh, &clock).await, Err(KeyError::DoesNotFit(_))), "the second key is needed, too");
    }

    async fn what_is_sealed_opens_only_where_it_belongs(world: World) {
        let vault = world.service.vault();
        let sealed = vault.seal("trainee.id_card", "1", "522224200402290015").unwrap();
        assert!(sealed.starts_with("v1.") && !sealed.contains("522224"));
        assert_ne!(sealed, vault.seal("trainee.id_card", "1", "522224200402290015").unwrap());
        assert_eq!(vault.unseal("trainee.id_card", "1", &sealed).unwrap(), "522224200402290015");
        let flipped = format!("{}{}", &sealed[..sealed.len() - 1], if sealed.ends_with('A') { 'Q' } else { 'A' });
        for (purpose, row, text) in [
            ("trainee.id_card", "2", sealed.as_str()),
            ("trainee.phone", "1", &sealed),
            ("trainee.id_card", "1", &flipped),
            ("trainee.id_card", "1", "v9.AAAA"),
            ("trainee.id_card", "1", "v1.AAAA"),
            ("trainee.id_card", "1", "密文"),
            ("trainee.id_card", "1", ""),
        ] {
            assert_eq!(vault.unseal(purpose, row, text), Err(SealError::DoesNotOpen));
        }
        assert_eq!(vault.index("a", "text"), vault.index("a", "text"));
        assert_ne!(vault.index("a", "text"), vault.index("b", "text"));
    }

    async fn no_number_stands_in_the_database_in_clear(world: World) {
        let person = world.actor(&world.register(registration(0)).await).await;
        let mut tx = world.service.db().read().await.unwrap();
        let row = store::trainee::find(&mut tx, person.trainee().unwrap()).await.unwrap().unwrap();
        for text in [&row.id_card_index, &row.id_card_sealed, &row.phone_index, &row.phone_sealed] {
            assert!(!text.contains("13812345670") && !text.contains("522224200402290015"));
        }
    }

    async fn the_doctor_adopts_no_key_that_the_database_does_not_know_yet(world: World) {
        let (fresh, clock) = closed(world).await;
        let path = key_file(&fresh);
        let first = std::fs::read_to_string(&path).unwrap();
        write(&path, &format!("{first}v2:{}\n", "cd".repeat(32)), 0o600);
        let findings = doctor::examine(&config(&fresh, clock.clone())).await;
        assert!(findings.iter().all(|finding| finding.sound), "a new key beside the old one fits: {findings:?}");
        let visit = ServiceConfig { purpose: Purpose::Visit, ..config(&fresh, clock.clone()) };
        assert!(matches!(Service::open(visit).await, Err(OpenError::Key(KeyError::NotTakenUp(_)))));
        write(&path, &first, 0o600);
        assert!(open(&fresh, &clock).await.is_ok(), "looking at the second key did not make it needed");
        write(&path, &format!("v1:{}\n", "cd".repeat(32)), 0o600);
        let findings = doctor::examine(&config(&fresh, clock)).await;
        assert!(findings.iter().any(|finding| !finding.sound && finding.sentence.contains("does not fit")), "{findings:?}");
    }

    async fn the_doctor_finds_a_sound_installation_sound_and_a_lost_key_file_lost(world: World) {
        doctor::ready(&world.service).await.unwrap();
        let (fresh, clock) = closed(world).await;
        let findings = doctor::examine(&config(&fresh, clock.clone())).await;
        assert!(findings.iter().all(|finding| finding.sound), "{findings:?}");
        assert_eq!(findings.len(), 5);
        std::fs::remove_file(key_file(&fresh)).unwrap();
        let findings = doctor::examine(&config(&fresh, clock)).await;
        let lost: Vec<_> = findings.iter().filter(|finding| !finding.sound).map(|finding| finding.what).collect();
        assert_eq!(lost, ["key file"]);
    }
}

#[tokio::test]
async fn a_second_node_on_the_same_sqlite_file_is_refused() {
    let world = World::on_sqlite().await;
    let second = Service::open(config(&world.fresh, world.clock.clone())).await;
    assert!(matches!(
        second,
        Err(OpenError::Store(store::StoreError::SecondNode(_)))
    ));
    let findings = doctor::examine(&config(&world.fresh, world.clock.clone())).await;
    assert!(
        findings.iter().all(|finding| finding.sound),
        "the doctor looks at a database in use: {findings:?}"
    );
}
