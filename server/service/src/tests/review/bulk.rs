//! Several cases approved at once: each by itself, whatever is in the way of another.

use super::*;
use domain::review::BulkOutcome;

impl Scene {
    /// A case in which every automatic check passed, with its row version.
    async fn safe(&self, id: CaseId) -> (CaseId, i64) {
        let mut tx = self.world.service.db().begin().await.unwrap();
        let case = Case {
            checked: true,
            ..self.row(id).await
        };
        store::review::save(&mut tx, &case).await.unwrap();
        tx.commit().await.unwrap();
        (id, case.version + 1)
    }

    /// A case that cannot be read: its content is not there.
    async fn broken(&self, number: usize) -> (CaseId, i64) {
        let whole = self.submit_another(number, "520623").await;
        let pattern = self.row(whole).await;
        let id = CaseId::new(self.world.service.new_id());
        let mut tx = self.world.service.db().begin().await.unwrap();
        let ended = Case {
            progress: domain::review::Progress {
                state: CaseState::Rejected,
                ..pattern.progress
            },
            decided_at: Some(self.world.service.now()),
            ..pattern.clone()
        };
        store::review::save(&mut tx, &ended).await.unwrap();
        store::review::insert(
            &mut tx,
            &Case {
                id,
                checked: true,
                ..pattern.clone()
            },
        )
        .await
        .unwrap();
        let stages = store::review::stages(&mut tx, whole).await.unwrap();
        store::review::insert_stages(&mut tx, id, &stages).await.unwrap();
        tx.commit().await.unwrap();
        (id, 1)
    }

    async fn approve_many(&self, cases: Vec<(CaseId, i64)>) -> Result<Vec<BulkOutcome>, ServiceError> {
        review::approve_many(&self.world.service, &self.shiqian, cases).await
    }
}

on_both! {
    async fn each_case_of_a_mix_has_its_own_outcome(world: World) {
        let scene = Scene::new(world).await;
        let first = scene.submit().await.unwrap();
        let good = scene.safe(first).await;
        let unsafe_one = (scene.submit_another(1, "520623").await, 1);
        let foreign = (scene.submit_another(2, "520115").await, 1);
        let second = scene.submit_another(3, "520623").await;
        let (stale, _) = scene.safe(second).await;
        let broken = scene.broken(4).await;
        let third = scene.submit_another(5, "520623").await;
        let last = scene.safe(third).await;
        let outcomes = scene.approve_many(vec![good, unsafe_one, foreign, (stale, 1), broken, last]).await.unwrap();
        let said: Vec<&str> = outcomes.iter().map(|one| one.refused.as_deref().unwrap_or("")).collect();
        assert_eq!(outcomes[1].id, unsafe_one.0);
        assert_eq!((said[0], said[5]), ("", ""), "{said:?}");
        assert!(said[1].contains("打开核对后单独办理"), "{said:?}");
        assert!(said[2].contains("没有找到"), "{said:?}");
        assert!(said[3].contains("刚刚已办理"), "{said:?}");
        assert_eq!(said[4], "没有办成，请稍后单独办理。");
        for id in [good.0, last.0] {
            assert_eq!(scene.row(id).await.progress.state, CaseState::Approved);
        }
        for id in [unsafe_one.0, stale, broken.0] {
            assert_eq!(scene.row(id).await.progress.state, CaseState::Submitted);
        }
        let elsewhere = review::view(&scene.world.service, &scene.guanshanhu, foreign.0).await.unwrap();
        assert_eq!(elsewhere.state, CaseState::Submitted);
        assert_eq!(scene.identity().await, IdentityState::Verified);
        let again = scene.approve_many(vec![good]).await.unwrap();
        assert!(again[0].refused.as_deref().unwrap().contains("刚刚已办理"));
    }

    async fn a_page_of_cases_at_most_and_by_reviewers_alone(world: World) {
        let scene = Scene::new(world).await;
        let submitted = scene.submit().await.unwrap();
        let case = scene.safe(submitted).await;
        let too_many = scene.approve_many(vec![case; 51]).await;
        assert!(matches!(&too_many, Err(ServiceError::Refused(words)) if words.contains("一次最多批量通过 50 件")), "{too_many:?}");
        let auditor = staff_of(&scene.world, "auditor.one", Role::Auditor, scene.shiqian.as_reviewer().unwrap()).await;
        for actor in [&scene.operator, &auditor] {
            let answer = review::approve_many(&scene.world.service, actor, vec![case]).await;
            assert!(matches!(answer, Err(ServiceError::Forbidden)), "{answer:?}");
        }
        assert_eq!(scene.row(case.0).await.progress.state, CaseState::Submitted);
        // Named twice it is approved once; the second is told who was quicker.
        let twice = scene.approve_many(vec![case; 2]).await.unwrap();
        assert_eq!(twice[0].refused, None);
        assert!(twice[1].refused.as_deref().unwrap().contains("刚刚已办理"));
    }
}
