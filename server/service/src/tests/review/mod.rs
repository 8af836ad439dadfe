//! The review engine (`domain.md` §4) on both databases: the way of a case, its refusals, and what time does to it. The
//! subject is a host's identity, the simplest one.

mod bulk;
mod clock;

use super::scene::{new_agency, operator};
use crate::account::{self, NewStaff};
use crate::review::{self, NewCase};
use crate::testing::{PASSWORD, World, on_both};
use crate::{Actor, ServiceError, agency};
use domain::account::Role;
use domain::agency::{AgencyForm, AgencyLevel};
use domain::audit::AuditFilter;
use domain::identity::{IdentityEvent, IdentityState};
use domain::review::{
    CaseKind, CaseState, DecisionForm, Fact, Matter, PaperFact, QueueBox, QueueFilter, Snapshot, Verdict,
};
use domain::{AgencyId, CaseId, HostId, Moment};
use store::review::{Case, Decision, Subject};

/// 铜仁 above 石阡, 贵阳 above 观山湖, each with a reviewer; and a host in 石阡.
struct Scene {
    world: World,
    shiqian: Actor,
    tongren: Actor,
    guanshanhu: Actor,
    host: HostId,
    operator: Actor,
}

impl Scene {
    async fn new(world: World) -> Self {
        let tongren = new_agency(&world, "铜仁市人社局", AgencyLevel::City, "520600", None).await;
        let shiqian = new_agency(&world, "石阡县人社局", AgencyLevel::County, "520623", Some(tongren)).await;
        let guanshanhu = new_agency(&world, "观山湖区人社局", AgencyLevel::County, "520115", None).await;
        let host = world.host("石阡苔茶", "91350100M000100Y43", "520623").await;
        let staff = world.operator("tea.op", host).await;
        let operator = world.actor(&world.sign_in_staff(&staff).await).await;
        Self {
            shiqian: staff_of(&world, "shiqian.rv", Role::Reviewer, shiqian).await,
            tongren: staff_of(&world, "tongren.rv", Role::Reviewer, tongren).await,
            guanshanhu: staff_of(&world, "guanshanhu.rv", Role::Reviewer, guanshanhu).await,
            world,
            host,
            operator,
        }
    }

    /// Opens the host's identity case.
    async fn submit(&self) -> Result<CaseId, ServiceError> {
        self.submit_of(self.host, &self.operator, "520623").await
    }

    /// Opens the identity case of a further host in a county.
    async fn submit_another(&self, number: usize, county: &str) -> CaseId {
        // Its own agency, which the helper makes, comes after the scene's by name: the case goes to the scene's.
        let host = self
            .world
            .host(&format!("贵州苔茶{number}号"), &made_up_code(number), county)
            .await;
        let operator = operator(&self.world, &format!("tea.op.{number}"), host).await;
        self.submit_of(host, &operator, county).await.unwrap()
    }

    async fn submit_of(&self, host: HostId, operator: &Actor, county: &str) -> Result<CaseId, ServiceError> {
        let service = &self.world.service;
        let mut tx = service.db().begin().await.unwrap();
        let about = Subject::Host(host);
        let (state, version) = store::identity::find(&mut tx, about).await.unwrap().unwrap();
        if state == IdentityState::Verified {
            store::identity::set(&mut tx, about, IdentityState::Unverified, service.now(), version)
                .await
                .unwrap();
        }
        let submitted = IdentityEvent::Submit { automatic: false };
        if store::identity::find(&mut tx, about).await.unwrap().unwrap().0 == IdentityState::Unverified {
            crate::identity::case::step(service, &mut tx, about, submitted).await?;
        }
        let new = NewCase {
            kind: CaseKind::HostIdentity,
            about,
            subject: "石阡苔茶".to_owned(),
            detail: "石阡县".to_owned(),
            matter: Matter::HostIdentity { business: county },
            division: county,
            snapshot: snapshot("田景华", "aa"),
        };
        let id = review::submit(service, &mut tx, operator, new).await?;
        tx.commit().await.unwrap();
        Ok(id)
    }

    /// The row of a case.
    async fn row(&self, id: CaseId) -> Case {
        let mut tx = self.world.service.db().read().await.unwrap();
        let agency = self.shiqian.as_reviewer().unwrap();
        store::review::find_for_agency(&mut tx, agency, id)
            .await
            .unwrap()
            .unwrap()
    }

    async fn resubmit(&self, snapshot: &Snapshot) -> Result<CaseId, ServiceError> {
        let service = &self.world.service;
        let mut tx = service.db().begin().await.unwrap();
        let case = store::review::latest_of(&mut tx, CaseKind::HostIdentity, Subject::Host(self.host))
            .await
            .unwrap()
            .unwrap();
        let id = review::resubmit(service, &mut tx, &self.operator, case, None, snapshot).await?;
        tx.commit().await.unwrap();
        Ok(id)
    }

    async fn decide(&self, actor: &Actor, id: CaseId, form: DecisionForm) -> Result<CaseState, ServiceError> {
        let version = self.version(id).await;
        review::decide(&self.world.service, actor, id, version, form).await
    }

    async fn version(&self, id: CaseId) -> i64 {
        review::view(&self.world.service, &self.shiqian, id)
            .await
            .unwrap()
            .version
    }

    async fn identity(&self) -> IdentityState {
        let mut tx = self.world.service.db().read().await.unwrap();
        store::identity::find(&mut tx, Subject::Host(self.host))
            .await
            .unwrap()
            .unwrap()
            .0
    }
}

async fn staff_of(world: &World, login: &str, role: Role, agency: AgencyId) -> Actor {
    let staff = account::create_staff(
        &world.service,
        NewStaff {
            role,
            name: "杨慧".to_owned(),
            login: login.to_owned(),
            password: Some(PASSWORD.to_owned()),
            host: None,
            agency: Some(agency.to_string()),
        },
    )
    .await
    .unwrap();
    world.actor(&world.sign_in_staff(&staff).await).await
}

fn snapshot(legal_representative: &str, licence: &str) -> Snapshot {
    Snapshot {
        facts: vec![
            Fact::open("name", "单位名称", "石阡苔茶"),
            Fact::open("credit_code", "统一社会信用代码", "91350100M000100Y43"),
            Fact::open("legal_representative", "法定代表人", legal_representative),
            Fact::secret("operator", "经办人", "田景华 13812345678", "田景华 138****5678"),
        ],
        papers: vec![
            paper("licence", "营业执照", licence),
            paper("operator_letter", "经办人授权书", "ff"),
        ],
    }
}

fn paper(field: &str, label: &str, sha256: &str) -> PaperFact {
    PaperFact {
        field: field.to_owned(),
        label: label.to_owned(),
        file: "f".to_owned(),
        sha256: sha256.to_owned(),
    }
}

/// A right credit code for each number.
fn made_up_code(number: usize) -> String {
    "0123456789ABCDEFGHJKLMNPQRTUWXY"
        .chars()
        .map(|check| format!("91520623MA{number:07}{check}"))
        .find(|code| domain::CreditCode::parse(code).is_ok())
        .unwrap()
}

fn verdict(verdict: Verdict) -> DecisionForm {
    let fields = if verdict == Verdict::Return {
        vec!["licence".to_owned()]
    } else {
        Vec::new()
    };
    DecisionForm {
        verdict: verdict.code().to_owned(),
        reason: "营业执照看不清，请重新拍照上传".to_owned(),
        fields,
        ..DecisionForm::default()
    }
}

fn folder(folder: QueueBox) -> QueueFilter {
    QueueFilter {
        folder,
        ..QueueFilter::default()
    }
}

on_both! {
    async fn the_log_calls_a_case_by_its_kind_and_whom_it_is_about(world: World) {
        let scene = Scene::new(world).await;
        scene.submit().await.unwrap();
        let (agency, _) = scene.shiqian.as_agency().unwrap();
        let auditor = staff_of(&scene.world, "shiqian.au", Role::Auditor, agency).await;
        let opened = AuditFilter { act: "case_opened".to_owned(), ..AuditFilter::default() };
        let page = crate::audit::page(&scene.world.service, &auditor, &opened, None).await.unwrap();
        let [line] = page.lines.as_slice() else { panic!("{page:?}") };
        let facts: Vec<_> = line.facts.iter().map(|fact| (fact.label.as_str(), fact.value.as_str())).collect();
        assert!(facts.contains(&("事项", "单位实名认证 · 石阡苔茶")), "{facts:?}");
    }

    async fn a_case_goes_to_its_county_is_returned_mended_and_approved(world: World) {
        let scene = Scene::new(world).await;
        let service = &scene.world.service;
        let id = scene.submit().await.unwrap();
        let queue = review::queue(service, &scene.shiqian, QueueFilter::default()).await.unwrap();
        let row = &queue.rows[0];
        // Thursday 2026-11-19, the day of receipt, does not count: ten working days later is 3 December.
        assert_eq!((row.id, row.due.unwrap().day.to_string().as_str()), (id, "2026-12-03"));
        assert_eq!((queue.folders[0].1.number, queue.kinds[1].1.number), (1, 1));
        assert!(!row.bulk, "a licence has to be looked at");

        assert_eq!(scene.decide(&scene.shiqian, id, verdict(Verdict::Return)).await.unwrap(), CaseState::Returned);
        let sealed = scene.resubmit(&snapshot("别人", "bb")).await;
        assert!(matches!(&sealed, Err(ServiceError::Invalid(errors)) if errors.of("legal_representative").is_some()), "{sealed:?}");
        scene.resubmit(&snapshot("田景华", "bb")).await.unwrap();
        let again = scene.resubmit(&snapshot("田景华", "cc")).await;
        assert!(matches!(again, Err(ServiceError::Refused(_))), "{again:?}");
        let page = review::view(service, &scene.shiqian, id).await.unwrap();
        assert!(page.papers[0].changed && !page.facts[0].changed);
        assert_eq!(scene.decide(&scene.shiqian, id, verdict(Verdict::Approve)).await.unwrap(), CaseState::Approved);
        assert_eq!(scene.identity().await, IdentityState::Verified);
        let page = review::view(service, &scene.shiqian, id).await.unwrap();
        let acts: Vec<Verdict> = page.history.iter().map(|entry| entry.verdict).collect();
        assert_eq!(acts, [Verdict::Submit, Verdict::Return, Verdict::Resubmit, Verdict::Approve]);
        assert_ne!(page.history[0].snapshot_hash, page.history[2].snapshot_hash);
        assert_eq!(page.history[2].snapshot_hash, page.history[3].snapshot_hash);
        let done = review::queue(service, &scene.shiqian, folder(QueueBox::Done)).await.unwrap();
        assert_eq!(done.rows.len(), 1);
        let mut tx = service.db().read().await.unwrap();
        assert!(matches!(store::audit::check_chain(&mut tx).await.unwrap(), store::audit::ChainCheck::Whole(_)));
    }

    async fn another_agency_sees_nothing_and_the_one_above_reads_masked(world: World) {
        let scene = Scene::new(world).await;
        let service = &scene.world.service;
        let id = scene.submit().await.unwrap();
        let elsewhere = review::view(service, &scene.guanshanhu, id).await;
        assert!(matches!(elsewhere, Err(ServiceError::NotFound)));
        let elsewhere = review::decide(service, &scene.guanshanhu, id, 1, verdict(Verdict::Approve)).await;
        assert!(matches!(elsewhere, Err(ServiceError::NotFound)));
        assert!(review::queue(service, &scene.guanshanhu, QueueFilter::default()).await.unwrap().rows.is_empty());
        let above = review::view(service, &scene.tongren, id).await.unwrap();
        assert!(!above.may.decide);
        assert_eq!(above.facts[3].value, "田景华 138****5678");
        let own = review::view(service, &scene.shiqian, id).await.unwrap();
        assert!(own.may.decide);
        assert_eq!(own.facts[3].value, "田景华 13812345678");
        let above = scene.decide(&scene.tongren, id, verdict(Verdict::Approve)).await;
        assert!(matches!(above, Err(ServiceError::Refused(_))), "{above:?}");
        for actor in [&scene.operator] {
            assert!(matches!(review::view(service, actor, id).await, Err(ServiceError::Forbidden)));
            assert!(matches!(review::queue(service, actor, QueueFilter::default()).await, Err(ServiceError::Forbidden)));
            let decided = review::decide(service, actor, id, 1, verdict(Verdict::Approve)).await;
            assert!(matches!(decided, Err(ServiceError::Forbidden)));
        }
        let agency = scene.shiqian.as_reviewer().unwrap();
        let admin = staff_of(&scene.world, "admin.one", Role::Admin, agency).await;
        assert!(matches!(review::view(service, &admin, id).await, Err(ServiceError::Forbidden)));
        let auditor = staff_of(&scene.world, "auditor.one", Role::Auditor, agency).await;
        assert_eq!(review::view(service, &auditor, id).await.unwrap().facts[3].value, "田景华 138****5678");
        let decided = review::decide(service, &auditor, id, 1, verdict(Verdict::Approve)).await;
        assert!(matches!(decided, Err(ServiceError::Forbidden)));
    }

    async fn of_two_reviewers_one_wins_and_the_other_is_told_who(world: World) {
        let scene = Scene::new(world).await;
        let service = &scene.world.service;
        let id = scene.submit().await.unwrap();
        let second = staff_of(&scene.world, "second.rv", Role::Reviewer, scene.shiqian.as_reviewer().unwrap()).await;
        let (one, other) = tokio::join!(
            review::decide(service, &scene.shiqian, id, 1, verdict(Verdict::Approve)),
            review::decide(service, &second, id, 1, verdict(Verdict::Reject)),
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let loser = one.err().or(other.err()).unwrap();
        assert!(matches!(&loser, ServiceError::Conflict(words) if words.contains("杨慧刚刚已办理")), "{loser:?}");
        let page = review::view(service, &scene.shiqian, id).await.unwrap();
        assert_eq!(page.history.len(), 2);
    }

    /// `domain.md` §2: nobody may decide a case that they submitted, be it at first or again.
    async fn who_sent_a_case_again_does_not_decide_it_and_is_offered_no_buttons(world: World) {
        let scene = Scene::new(world).await;
        let service = &scene.world.service;
        let id = scene.submit().await.unwrap();
        let second = staff_of(&scene.world, "second.rv", Role::Reviewer, scene.shiqian.as_reviewer().unwrap()).await;
        assert!(review::view(service, &second, id).await.unwrap().may.decide);
        let mut tx = service.db().begin().await.unwrap();
        let first = store::review::decisions(&mut tx, id).await.unwrap().remove(0);
        let again = Decision { verdict: Verdict::Resubmit, account: second.account(), ..first };
        store::review::add_decision(&mut tx, id, &again).await.unwrap();
        tx.commit().await.unwrap();
        let page = review::view(service, &second, id).await.unwrap();
        assert!(!page.may.decide && !page.may.revoke);
        assert!(page.may_not.unwrap().contains("自己提交"));
        let own = scene.decide(&second, id, verdict(Verdict::Approve)).await;
        assert!(matches!(&own, Err(ServiceError::Refused(words)) if words.contains("自己提交")), "{own:?}");
        assert_eq!(scene.decide(&scene.shiqian, id, verdict(Verdict::Approve)).await.unwrap(), CaseState::Approved);
    }

    async fn a_subject_has_one_open_case_of_a_kind(world: World) {
        let scene = Scene::new(world).await;
        scene.submit().await.unwrap();
        let again = scene.submit().await;
        assert!(matches!(again, Err(ServiceError::Conflict(_) | ServiceError::Refused(_))), "{again:?}");
    }

    async fn a_decision_is_not_taken_back_in_guizhou(world: World) {
        let scene = Scene::new(world).await;
        let id = scene.submit().await.unwrap();
        scene.decide(&scene.shiqian, id, verdict(Verdict::Reject)).await.unwrap();
        assert_eq!(scene.identity().await, IdentityState::Rejected);
        let revoked = scene.decide(&scene.shiqian, id, verdict(Verdict::Revoke)).await;
        assert!(matches!(revoked, Err(ServiceError::Refused(words)) if words.contains("不允许撤销")));
    }

    async fn a_reviewer_who_is_called_like_somebody_of_the_case_is_asked_to_step_back(world: World) {
        let scene = Scene::new(world).await;
        let id = scene.submit().await.unwrap();
        let asked = async |actor: &Actor| {
            let view = review::view(&scene.world.service, actor, id).await.unwrap();
            view.checks.into_iter().any(|check| check.field == "legal_representative" && check.words.contains("同名"))
        };
        assert!(!asked(&scene.shiqian).await);
        let returning = DecisionForm { fields: vec!["legal_representative".to_owned()], ..verdict(Verdict::Return) };
        scene.decide(&scene.shiqian, id, returning).await.unwrap();
        scene.resubmit(&snapshot("杨慧", "aa")).await.unwrap();
        assert!(asked(&scene.shiqian).await);
        assert!(!asked(&scene.tongren).await, "who does not decide has nothing to step back from");
    }

    async fn an_agency_that_an_undecided_case_needs_is_not_closed(world: World) {
        let scene = Scene::new(world).await;
        let service = &scene.world.service;
        let (shiqian, tongren) = (scene.shiqian.as_reviewer().unwrap(), scene.tongren.as_reviewer().unwrap());
        let guizhou = new_agency(&scene.world, "贵州省人社厅", AgencyLevel::Province, "520000", None).await;
        let admin = staff_of(&scene.world, "gz.admin", Role::Admin, guizhou).await;
        let above = AgencyForm {
            name: "铜仁市人社局".to_owned(),
            level: "city".to_owned(),
            division: "520600".to_owned(),
            parent: guizhou.to_string(),
            areas: Vec::new(),
        };
        let mut tx = service.db().begin().await.unwrap();
        let directory = store::agency::directory(&mut tx).await.unwrap();
        let agency = above.check(&directory, guizhou, tongren).unwrap();
        store::agency::update(&mut tx, &agency, 1).await.unwrap();
        tx.commit().await.unwrap();
        let refusal = async |id, version| match agency::close(service, &admin, id, version).await {
            Err(ServiceError::Refused(sentence)) => sentence,
            other => panic!("{other:?}"),
        };
        let held = "1 件没有办结的事项";
        assert!(!refusal(shiqian, 1).await.contains(held));
        let id = scene.submit().await.unwrap();
        assert!(refusal(shiqian, 1).await.contains(held));
        assert!(!refusal(tongren, 2).await.contains(held));
        scene.decide(&scene.shiqian, id, verdict(Verdict::Return)).await.unwrap();
        assert!(refusal(shiqian, 1).await.contains(held), "it comes back to the agency that returned it");
        scene.resubmit(&snapshot("田景华", "bb")).await.unwrap();
        scene.world.clock.set(Moment::at("2026-12-31".parse().unwrap(), 9, 0));
        review::escalate_overdue(service).await.unwrap();
        assert!(refusal(tongren, 2).await.contains(held), "it was told of it");
        scene.decide(&scene.shiqian, id, verdict(Verdict::Approve)).await.unwrap();
        for (id, version) in [(shiqian, 1), (tongren, 2)] {
            assert!(!refusal(id, version).await.contains(held));
        }
    }
}
