//! 就业见习单位申请表: what stands on it when it was decided, rejected or not yet sent, and who may print it.

use super::*;
use crate::file::{self, Variant};
use crate::testing::{on_both, sentence};
use domain::certification::PrintView;
use domain::review::{DecisionRecord, Verdict};
use store::host::About;

const YUBEI: [&str; 3] = ["500000", "500000", "500112"];

async fn printed(world: &World, unit: &Unit) -> PrintView {
    certification::print(&world.service, &unit.operator).await.unwrap()
}

/// A unit whose identity names who stands for it.
async fn named(world: &World) -> Unit {
    let unit = unit(world, 0, "500112", IdentityState::Verified).await;
    let phone = world
        .service
        .vault()
        .seal(crate::host::PHONE, &unit.host.to_string(), "13912345670")
        .unwrap();
    let mut tx = world.service.db().begin().await.unwrap();
    let stands = store::host::find(&mut tx, unit.host).await.unwrap().unwrap();
    let about = About {
        legal_representative: Some("王建国".to_owned()),
        operator_name: Some("罗敏".to_owned()),
        operator_phone_sealed: Some(phone),
        ..store::host::about(&mut tx, unit.host).await.unwrap().unwrap()
    };
    store::host::describe(&mut tx, &stands, &about).await.unwrap();
    tx.commit().await.unwrap();
    unit
}

on_both! {
    /// CQ 三(二)1: the inspection's date, people, findings and opinion; SD 1.1: 下载打印见习基地申请表.
    async fn a_decided_application_is_printed_with_who_stands_for_it_and_what_the_inspection_found(world: World) {
        let above = agencies(&world, YUBEI).await;
        let county = &above.reviewers[COUNTY];
        let unit = named(&world).await;
        let form = application(&world, &unit, "county").await;
        certification::save(&world.service, &unit.operator, 0, form).await.unwrap();
        let draft = printed(&world, &unit).await;
        assert_eq!((draft.submitted_on, draft.stages.len()), (None, 2), "the way that it would go");
        assert!(draft.stages.iter().all(|stage| stage.decision.is_none()));
        assert_eq!(draft.operator.as_deref(), Some("罗敏 13912345670"));

        let case = submitted(&world, &unit, "county").await;
        let photo = uploaded_as(&world.service, county, FilePurpose::InspectionRecord, &pdf()).await.id;
        let record = DecisionForm {
            photos: vec![photo.to_string()],
            reason: "同意推荐".to_owned(),
            ..inspection()
        };
        decide(&world, county, case, record).await.unwrap();
        assert_eq!(approve(&world, county, case).await, CaseState::Approved);
        let form = printed(&world, &unit).await;
        assert_eq!(form.legal_representative.as_deref(), Some("王建国"));
        assert_eq!(form.submitted_on, Some(form.today));
        assert_eq!(form.papers.len(), 1, "{:?}", form.papers);
        let [visit, review] = form.stages.as_slice() else { panic!("{:?}", form.stages) };
        let (visit, review) = (visit.decision.as_ref().unwrap(), review.decision.as_ref().unwrap());
        assert_eq!((visit.by.as_str(), visit.on, visit.opinion.as_deref()), ("周启明", form.today, Some("同意推荐")));
        let Some(DecisionRecord::Inspection { visited_on, visitors, premises, photos, .. }) = &visit.record else {
            panic!("{visit:?}")
        };
        assert_eq!((*visited_on, visitors.as_str(), premises.as_str()), (form.today, "周启明、陈红", "厂区两处，通道畅通"));
        assert_eq!(photos.as_slice(), [photo]);
        assert_eq!((review.verdict, review.record.is_none()), (Verdict::Approve, true));
    }

    async fn a_rejected_application_is_printed_with_the_reason_at_its_stage(world: World) {
        let above = agencies(&world, YUBEI).await;
        let unit = named(&world).await;
        let case = submitted(&world, &unit, "county").await;
        decide(&world, &above.reviewers[COUNTY], case, inspection()).await.unwrap();
        decide(&world, &above.reviewers[COUNTY], case, decision("reject")).await.unwrap();
        let form = printed(&world, &unit).await;
        let verdicts: Vec<_> = form.stages.iter().map(|stage| stage.decision.as_ref().unwrap().verdict).collect();
        assert_eq!(verdicts, [Verdict::Approve, Verdict::Reject]);
        let reason = form.stages[1].decision.as_ref().unwrap().opinion.clone();
        assert_eq!(reason.as_deref(), Some("请补充带教人员的资格证明"));
        // A new draft is printed as a draft.
        let version = certification::view(&world.service, &unit.operator).await.unwrap().version;
        certification::restart(&world.service, &unit.operator, version).await.unwrap();
        let draft = printed(&world, &unit).await;
        assert!(draft.submitted_on.is_none() && draft.stages.iter().all(|stage| stage.decision.is_none()));
        let read = certification::print_of(&world.service, &above.reviewers[COUNTY], unit.host).await.unwrap();
        assert_eq!(read.stages, form.stages, "the agency has what was decided");
    }

    async fn the_agencies_of_its_way_print_it_with_the_number_masked_and_nobody_else(world: World) {
        let above = agencies(&world, YUBEI).await;
        let unit = named(&world).await;
        let print_of = async |actor: &Actor| certification::print_of(&world.service, actor, unit.host).await;
        assert!(matches!(print_of(&above.reviewers[COUNTY]).await, Err(ServiceError::NotFound)), "nothing was sent");
        submitted(&world, &unit, "county").await;
        let auditor = agency_staff(&world, "county.auditor", Role::Auditor, above.ids[COUNTY]).await;
        for reader in [&above.reviewers[COUNTY], &above.reviewers[PROVINCE], &auditor] {
            let form = print_of(reader).await.unwrap();
            assert_eq!(form.operator.as_deref(), Some("罗敏 139****5670"));
            assert_eq!(form.form, printed(&world, &unit).await.form);
            assert!(certification::unit(&world.service, reader, unit.host).await.unwrap().may_print());
        }
        let elsewhere = world.agency("别处", "520102").await;
        let stranger = agency_staff(&world, "gz.reviewer", Role::Reviewer, elsewhere).await;
        assert!(matches!(print_of(&stranger).await, Err(ServiceError::NotFound)));
        let admin = agency_staff(&world, "county.admin", Role::Admin, above.ids[COUNTY]).await;
        for nobody in [&admin, &unit.operator] {
            assert!(matches!(print_of(nobody).await, Err(ServiceError::Forbidden)));
        }
        assert!(matches!(certification::print(&world.service, &stranger).await, Err(ServiceError::Forbidden)));
    }

    /// CQ 三(二)1: the photos stay with the inspection's record.
    async fn photos_of_an_inspection_are_the_inspectors_own_and_every_agency_of_the_way_opens_them(world: World) {
        let above = agencies(&world, YUBEI).await;
        let county = &above.reviewers[COUNTY];
        let unit = named(&world).await;
        let case = submitted(&world, &unit, "county").await;
        let with = |photos: Vec<String>| DecisionForm { photos, ..inspection() };
        let other = uploaded_as(&world.service, county, FilePurpose::Other, &pdf()).await.id.to_string();
        let hosts = uploaded_as(&world.service, &unit.operator, FilePurpose::InspectionRecord, &pdf()).await.id.to_string();
        let citys = uploaded_as(&world.service, &above.reviewers[CITY], FilePurpose::InspectionRecord, &pdf()).await.id.to_string();
        for wrong in [other, hosts, citys] {
            assert!(!sentence(decide(&world, county, case, with(vec![wrong])).await, "photos").is_empty());
        }
        let photo = uploaded_as(&world.service, county, FilePurpose::InspectionRecord, &pdf()).await.id;
        decide(&world, county, case, with(vec![photo.to_string()])).await.unwrap();
        let page = review::view(&world.service, county, case).await.unwrap();
        let entry = page.history.iter().find(|entry| entry.record.is_some()).unwrap();
        assert_eq!(entry.photos.iter().map(|file| file.id).collect::<Vec<_>>(), [photo]);
        assert!(file::remove(&world.service, county, photo).await.is_err(), "it stays with the record");
        let auditor = agency_staff(&world, "county.auditor", Role::Auditor, above.ids[COUNTY]).await;
        file::open(&world.service, &auditor, photo, Variant::Original).await.unwrap();
        let hidden = file::open(&world.service, &unit.operator, photo, Variant::Original).await;
        assert!(matches!(hidden, Err(ServiceError::NotFound)));
    }
}
