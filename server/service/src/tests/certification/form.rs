//! What a host may change when, and what is checked for the reviewer.

use super::*;
use crate::file::{self, Variant};
use crate::testing::{on_both, sentence};
use crate::tests::scene::times;
use domain::certification::{CertificationState, Editable};
use domain::review::CheckResult;
use domain::{FileId, Moment};

const GUIYANG: [&str; 3] = ["520000", "520100", "520115"];

on_both! {
    async fn nothing_is_sent_before_the_identity_is_verified_but_drafts_are_kept(world: World) {
        agencies(&world, GUIYANG).await;
        let unit = unit(&world, 0, "520115", IdentityState::Unverified).await;
        let form = application(&world, &unit, "county").await;
        let version = certification::save(&world.service, &unit.operator, 0, form.clone()).await.unwrap();
        for (identity, words) in [
            (IdentityState::Unverified, "还没有实名认证"),
            (IdentityState::Manual, "正在审核"),
            (IdentityState::Rejected, "没有通过"),
        ] {
            identify(&world, unit.host, identity).await;
            let answer = certification::submit(&world.service, &unit.operator, version, form.clone()).await;
            assert!(refusal(answer).contains(words));
            let summary = certification::summary(&world.service, &unit.operator).await.unwrap();
            assert!(summary.next.contains(words), "{}", summary.next);
            let overview = crate::host::unit(&world.service, &unit.operator).await.unwrap();
            assert_eq!(overview.certification, summary);
        }
        let page = certification::view(&world.service, &unit.operator).await.unwrap();
        assert_eq!((&page.form, page.files.len(), page.version), (&form, 1, 1));
        assert_eq!(page.editable, Editable::Everything);
        identify(&world, unit.host, IdentityState::Verified).await;
        certification::submit(&world.service, &unit.operator, version, form).await.unwrap();
        assert_eq!(times(&world, "certification_saved").await, 1);
        assert_eq!(times(&world, "case_opened").await, 1);
    }

    async fn a_draft_is_the_hosts_own_and_two_colleagues_do_not_overwrite_each_other(world: World) {
        agencies(&world, GUIYANG).await;
        let (mine, other) = (
            unit(&world, 0, "520115", IdentityState::Verified).await,
            unit(&world, 1, "520115", IdentityState::Verified).await,
        );
        let form = application(&world, &mine, "county").await;
        certification::save(&world.service, &mine.operator, 0, form.clone()).await.unwrap();
        let theirs = certification::view(&world.service, &other.operator).await.unwrap();
        assert_eq!((theirs.form, theirs.version), (CertificationForm::default(), 0));
        for version in [0, 7] {
            let late = certification::save(&world.service, &mine.operator, version, form.clone()).await;
            assert!(matches!(late, Err(ServiceError::Conflict(_))), "{late:?}");
        }
        // Another host's paper is not there.
        let stolen = certification::submit(&world.service, &other.operator, 0, form).await;
        assert!(!sentence(stolen, "management_rules").is_empty());
        let huge = CertificationForm { profile: "茶".repeat(5000), ..CertificationForm::default() };
        assert!(matches!(certification::save(&world.service, &mine.operator, 1, huge).await, Err(ServiceError::Refused(_))));
        let anyone = agency_staff(&world, "gz.auditor", Role::Auditor, world.agency("别处", "520102").await).await;
        assert!(matches!(certification::view(&world.service, &anyone).await, Err(ServiceError::Forbidden)));
    }

    async fn a_paper_of_another_purpose_is_not_taken(world: World) {
        agencies(&world, GUIYANG).await;
        let unit = unit(&world, 0, "520115", IdentityState::Verified).await;
        let licence = uploaded_as(&world.service, &unit.operator, FilePurpose::Licence, &pdf()).await;
        let form = CertificationForm {
            management_rules: licence.id.to_string(),
            ..application(&world, &unit, "county").await
        };
        let answer = certification::submit(&world.service, &unit.operator, 0, form).await;
        assert!(!sentence(answer, "management_rules").is_empty());
    }

    async fn only_the_returned_fields_reopen(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let unit = unit(&world, 0, "520115", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        let county = &above.reviewers[COUNTY];
        assert_eq!(decide(&world, county, case, decision("return")).await.unwrap(), CaseState::Returned);
        let page = certification::view(&world.service, &unit.operator).await.unwrap();
        assert_eq!(page.editable, Editable::Fields(vec!["mentors".to_owned()]));
        assert_eq!(page.state, CertificationState::Submitted);
        assert!(page.case.unwrap().reason.unwrap().contains("带教人员"));

        let changed = |form: &CertificationForm| CertificationForm { insured_employees: "500".to_owned(), ..form.clone() };
        let answer = certification::submit(&world.service, &unit.operator, page.version, changed(&page.form)).await;
        assert!(sentence(answer, "insured_employees").contains("没有被退回"));
        let mut mended = page.form.clone();
        mended.mentors.push(MentorRow { name: "安卓".to_owned(), title: "高级茶艺师".to_owned(), years: "8".to_owned() });
        // A draft keeps the mended field alone.
        let version = certification::save(&world.service, &unit.operator, page.version, changed(&mended)).await.unwrap();
        let kept = certification::view(&world.service, &unit.operator).await.unwrap();
        assert_eq!((&kept.form, kept.version), (&mended, version));
        assert_eq!(kept.sent, page.form, "what is mended is compared with what was sent, not with the draft");
        assert_eq!(certification::submit(&world.service, &unit.operator, version, mended).await.unwrap(), case);
        let seen = review::view(&world.service, county, case).await.unwrap();
        let changed: Vec<_> = seen.facts.iter().filter(|fact| fact.changed).map(|fact| fact.field.as_str()).collect();
        assert_eq!(changed, ["mentors"]);
        assert_eq!(approve(&world, county, case).await, CaseState::Approved);
    }

    async fn a_rejected_application_can_be_sent_anew(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let unit = unit(&world, 0, "520115", IdentityState::Verified).await;
        let first = submitted(&world, &unit, "county").await;
        decide(&world, &above.reviewers[COUNTY], first, decision("reject")).await.unwrap();
        let page = certification::view(&world.service, &unit.operator).await.unwrap();
        assert_eq!((page.state, page.editable), (CertificationState::Rejected, Editable::Nothing));
        let again = certification::submit(&world.service, &unit.operator, page.version, page.form.clone()).await;
        assert!(refusal(again).contains("修改后重新申请"));
        certification::restart(&world.service, &unit.operator, page.version).await.unwrap();
        let second = certification::submit(&world.service, &unit.operator, page.version + 1, page.form).await.unwrap();
        assert_ne!(first, second);
        approve(&world, &above.reviewers[COUNTY], second).await;
        assert_eq!(host(&world, unit.host).await.standing, HostStanding::Certified);
    }

    async fn the_reviewer_sees_what_to_look_at_and_reads_the_papers(world: World) {
        let above = agencies(&world, GUIYANG).await;
        let unit = unit(&world, 0, "520115", IdentityState::Verified).await;
        let mut form = application(&world, &unit, "county").await;
        form.needs[0].people = "121".to_owned();
        let case = certification::submit(&world.service, &unit.operator, 0, form.clone()).await.unwrap();
        let page = review::view(&world.service, &above.reviewers[COUNTY], case).await.unwrap();
        let results: Vec<_> = page.checks.iter().map(|check| (check.field.as_str(), check.result)).collect();
        assert_eq!(results, [
            ("identity", CheckResult::Passed),
            ("needs", CheckResult::Look),
            ("mentors", CheckResult::Look),
            ("management_rules", CheckResult::Look),
        ]);
        let file: FileId = page.papers[0].file.as_ref().unwrap().id;
        assert_eq!(file.to_string(), form.management_rules);
        file::open(&world.service, &above.reviewers[COUNTY], file, Variant::Original).await.unwrap();
        let elsewhere = file::open(&world.service, &above.reviewers[CITY], file, Variant::Original).await;
        assert!(matches!(elsewhere, Err(ServiceError::NotFound)));
        // What was decided about stays, whatever the host deletes.
        let removed = file::remove(&world.service, &unit.operator, file).await;
        assert!(removed.is_err(), "{removed:?}");
        world.clock.set(Moment::at("2027-03-01".parse().unwrap(), 9, 0));
        crate::upkeep(&world.service).await;
        file::open(&world.service, &above.reviewers[COUNTY], file, Variant::Original).await.unwrap();
    }
}
