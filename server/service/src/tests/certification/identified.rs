//! What a certification takes over from the host's verified identity (SD 1.1: 单位证件信息), for every agency of its way.

use super::*;
use crate::file::{self, Variant};
use crate::host as unit_of;
use crate::testing::{on_both, sentence};
use crate::tests::host_identity::{identity, submit, verdict};
use crate::tests::host_registration::{registered, unit as registration};
use domain::host::RegisterHostForm;
use domain::review::CaseView;

const JINAN: [&str; 3] = ["370000", "370100", "370102"];

/// A host that registered itself and that the county has verified.
async fn verified(world: &World, above: &Agencies) -> (Unit, domain::FileId) {
    let form = RegisterHostForm {
        division: "370102".to_owned(),
        ..registration(0)
    };
    let operator = registered(world, form).await;
    let form = domain::host::HostIdentityForm {
        division: "370102".to_owned(),
        ..identity(world, &operator, 0).await
    };
    let case = submit(world, &operator, &form).await.unwrap();
    decide(world, &above.reviewers[COUNTY], case, verdict("approve", "", &[]))
        .await
        .unwrap();
    let host = operator.host().unwrap();
    (Unit { host, operator }, form.licence.parse().unwrap())
}

async fn page(world: &World, reviewer: &Actor, case: CaseId) -> CaseView {
    review::view(&world.service, reviewer, case).await.unwrap()
}

fn fact(page: &CaseView, field: &str) -> Option<String> {
    let found = page.facts.iter().find(|fact| fact.field == field);
    found.map(|fact| fact.value.clone())
}

on_both! {
    async fn every_stage_reads_who_stands_for_the_host_and_opens_its_licence(world: World) {
        let above = agencies(&world, JINAN).await;
        let (unit, licence) = verified(&world, &above).await;
        let case = submitted(&world, &unit, "county").await;
        let seen = page(&world, &above.reviewers[COUNTY], case).await;
        assert_eq!(fact(&seen, "legal_representative").as_deref(), Some("王建国"));
        assert_eq!(fact(&seen, "operator").as_deref(), Some("罗敏 13912345670"), "who decides reads the number");
        assert_eq!(fact(&page(&world, &above.reviewers[CITY], case).await, "operator").as_deref(), Some("罗敏 139****5670"));
        let codes: Vec<&str> = seen.fields.iter().map(|(code, _)| code.as_str()).collect();
        for taken_over in ["legal_representative", "operator", "licence"] {
            assert!(!codes.contains(&taken_over), "nobody mends the identity here");
        }
        for level in [COUNTY, CITY, PROVINCE] {
            let reviewer = &above.reviewers[level];
            let seen = page(&world, reviewer, case).await;
            let paper = seen.papers.iter().find(|paper| paper.field == "licence").unwrap();
            assert_eq!((paper.label.as_str(), paper.file.as_ref().unwrap().id), ("营业执照", licence));
            file::open(&world.service, reviewer, licence, Variant::Original).await.unwrap();
            approve(&world, reviewer, case).await;
        }
        assert_eq!(host(&world, unit.host).await.standing, HostStanding::Certified);
    }

    async fn a_returned_application_is_mended_without_touching_what_was_taken_over(world: World) {
        let above = agencies(&world, JINAN).await;
        let (unit, licence) = verified(&world, &above).await;
        let case = submitted(&world, &unit, "county").await;
        approve(&world, &above.reviewers[COUNTY], case).await;
        decide(&world, &above.reviewers[CITY], case, decision("return")).await.unwrap();
        let shown = certification::view(&world.service, &unit.operator).await.unwrap();
        let mut mended = shown.form.clone();
        mended.mentors[0].years = "13".to_owned();
        certification::submit(&world.service, &unit.operator, shown.version, mended).await.unwrap();
        let seen = page(&world, &above.reviewers[CITY], case).await;
        let changed: Vec<&str> = seen.facts.iter().filter(|fact| fact.changed).map(|fact| fact.field.as_str()).collect();
        assert_eq!((changed, seen.papers.iter().any(|paper| paper.changed)), (vec!["mentors"], false));
        file::open(&world.service, &above.reviewers[CITY], licence, Variant::Original).await.unwrap();
    }

    /// The address of a district that was renamed, or a case from before this was taken over: nobody could mend that here.
    async fn what_changed_beside_the_form_is_not_in_the_way_of_a_returned_application(world: World) {
        let above = agencies(&world, JINAN).await;
        let (unit, _) = verified(&world, &above).await;
        let case = submitted(&world, &unit, "county").await;
        decide(&world, &above.reviewers[COUNTY], case, decision("return")).await.unwrap();
        let mut tx = world.service.db().begin().await.unwrap();
        let about = store::host::about(&mut tx, unit.host).await.unwrap().unwrap();
        let stands = store::host::find(&mut tx, unit.host).await.unwrap().unwrap();
        let corrected = store::host::About { legal_representative: Some("王建平".to_owned()), ..about };
        store::host::describe(&mut tx, &stands, &corrected).await.unwrap();
        tx.commit().await.unwrap();
        let shown = certification::view(&world.service, &unit.operator).await.unwrap();
        let other = CertificationForm { profile: format!("{}补充。", shown.form.profile), ..shown.form.clone() };
        let answer = certification::submit(&world.service, &unit.operator, shown.version, other).await;
        assert!(sentence(answer, "profile").contains("没有被退回"), "what is typed stays sealed");
        certification::submit(&world.service, &unit.operator, shown.version, shown.form).await.unwrap();
        let seen = page(&world, &above.reviewers[COUNTY], case).await;
        let found = seen.facts.iter().find(|fact| fact.field == "legal_representative").unwrap();
        assert_eq!((found.value.as_str(), found.changed), ("王建平", true), "and the agency sees it");
    }

    async fn a_host_made_on_the_command_line_has_nothing_to_take_over(world: World) {
        let above = agencies(&world, JINAN).await;
        let unit = unit(&world, 0, "370102", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        let seen = page(&world, &above.reviewers[COUNTY], case).await;
        assert_eq!((fact(&seen, "operator"), seen.papers.len()), (None, 1));
        assert!(unit_of::unit(&world.service, &unit.operator).await.unwrap().licence.is_none());
    }

    /// JL: 上传专职人员信息的相关附件.
    async fn papers_of_the_staff_are_optional_and_kept_with_the_case(world: World) {
        let above = agencies(&world, JINAN).await;
        let unit = unit(&world, 0, "370102", IdentityState::Verified).await;
        let papers = uploaded_as(&world.service, &unit.operator, FilePurpose::StaffPapers, &pdf()).await;
        let form = CertificationForm { staff_papers: papers.id.to_string(), ..application(&world, &unit, "county").await };
        let swapped = CertificationForm { staff_papers: form.management_rules.clone(), ..form.clone() };
        certification::submit(&world.service, &unit.operator, 0, swapped).await.unwrap_err();
        let case = certification::submit(&world.service, &unit.operator, 0, form).await.unwrap();
        let seen = page(&world, &above.reviewers[COUNTY], case).await;
        let paper = seen.papers.iter().find(|paper| paper.field == "staff_papers").unwrap();
        assert_eq!((paper.label.as_str(), paper.file.as_ref().unwrap().id), ("专职人员附件", papers.id));
        decide(&world, &above.reviewers[COUNTY], case, DecisionForm { fields: vec!["staff_papers".to_owned()], ..decision("return") }).await.unwrap();
        let shown = certification::view(&world.service, &unit.operator).await.unwrap();
        let without = CertificationForm { staff_papers: String::new(), ..shown.form };
        certification::submit(&world.service, &unit.operator, shown.version, without).await.unwrap();
        let seen = page(&world, &above.reviewers[COUNTY], case).await;
        assert!(seen.papers.iter().all(|paper| paper.field != "staff_papers"));
    }
}
