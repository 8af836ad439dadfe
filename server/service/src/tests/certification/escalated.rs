//! An overdue case at the agency above: which papers it opens, and that nobody else does.

use super::*;
use crate::file::{self, Variant};
use crate::testing::on_both;
use crate::tests::file::png;
use crate::tests::scene::{set, times};
use domain::FileId;

const YUBEI: [&str; 3] = ["500000", "500000", "500112"];

/// Every paper that the page of a case shows, also those of its history.
async fn shown(world: &World, reader: &Actor, case: CaseId) -> Vec<FileId> {
    let page = review::view(&world.service, reader, case).await.unwrap();
    let photos = page.history.into_iter().flat_map(|entry| entry.photos);
    let papers = page.papers.into_iter().filter_map(|paper| paper.file);
    papers.chain(photos).map(|file| file.id).collect()
}

async fn opens(world: &World, reader: &Actor, id: FileId) -> bool {
    match file::open(&world.service, reader, id, Variant::Original).await {
        Ok(_) => true,
        Err(ServiceError::NotFound) => false,
        Err(error) => panic!("{error}"),
    }
}

/// The record of an inspection with one photo, and the photo.
async fn inspected(world: &World, county: &Actor) -> (DecisionForm, FileId) {
    let photo = uploaded_as(&world.service, county, FilePurpose::InspectionRecord, &png(40, 40))
        .await
        .id;
    let record = DecisionForm {
        photos: vec![photo.to_string()],
        ..inspection()
    };
    (record, photo)
}

on_both! {
    /// `domain.md` §4: overdue → escalated to the agency above, which reads what the late one reads.
    async fn the_agency_above_opens_every_paper_of_an_overdue_case_and_nobody_else_does(world: World) {
        let above = agencies(&world, YUBEI).await;
        let [province, city, county] = &above.reviewers;
        let neighbour = new_agency(&world, "邻县就业中心", AgencyLevel::County, "500113", Some(above.ids[CITY])).await;
        let neighbour = agency_staff(&world, "neighbour.reviewer", Role::Reviewer, neighbour).await;
        let unit = unit(&world, 0, "500112", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        let first = shown(&world, county, case).await;
        let back = DecisionForm { fields: vec!["management_rules".to_owned()], ..decision("return") };
        decide(&world, county, case, back).await.unwrap();
        let page = certification::view(&world.service, &unit.operator).await.unwrap();
        let mended = application(&world, &unit, "county").await;
        certification::submit(&world.service, &unit.operator, page.version, mended).await.unwrap();
        let (record, photo) = inspected(&world, county).await;
        assert_eq!(decide(&world, county, case, record).await.unwrap(), CaseState::Submitted);

        let now = shown(&world, county, case).await;
        assert!(now.contains(&photo) && now.iter().all(|id| *id == photo || !first.contains(id)), "{now:?}");
        assert!(shown(&world, city, case).await.is_empty(), "before, it only sees that the case is there");
        set(&world, "2027-01-20", 9, 0);
        assert_eq!(review::escalate_overdue(&world.service).await.unwrap(), 1);

        assert_eq!(shown(&world, city, case).await, now);
        let reads = times(&world, "file_read").await;
        for id in first.iter().chain(&now) {
            assert!(opens(&world, county, *id).await && opens(&world, city, *id).await, "what the late agency opens");
        }
        assert_eq!(times(&world, "file_read").await, reads + 2 * (first.len() + now.len()), "each look is logged");
        file::open(&world.service, city, photo, Variant::Thumbnail).await.unwrap();
        let print = certification::print_of(&world.service, city, unit.host).await.unwrap();
        assert!(print.stages[0].decision.is_some());

        assert!(shown(&world, province, case).await.is_empty(), "it was not told");
        assert!(matches!(review::view(&world.service, &neighbour, case).await, Err(ServiceError::NotFound)));
        assert!(matches!(certification::print_of(&world.service, &neighbour, unit.host).await, Err(ServiceError::NotFound)));
        for id in first.iter().chain(&now) {
            for stranger in [province, &neighbour] {
                assert!(!opens(&world, stranger, *id).await);
                let small = file::open(&world.service, stranger, *id, Variant::Thumbnail).await;
                assert!(matches!(small, Err(ServiceError::NotFound)));
            }
        }
    }

    async fn what_an_overdue_inspection_brings_at_last_is_there_for_the_agency_above_too(world: World) {
        let above = agencies(&world, YUBEI).await;
        let [_, city, county] = &above.reviewers;
        let unit = unit(&world, 0, "500112", IdentityState::Verified).await;
        let case = submitted(&world, &unit, "county").await;
        set(&world, "2027-01-20", 9, 0);
        assert_eq!(review::escalate_overdue(&world.service).await.unwrap(), 1);
        let (record, photo) = inspected(&world, county).await;
        decide(&world, county, case, record).await.unwrap();
        assert!(shown(&world, city, case).await.contains(&photo) && opens(&world, city, photo).await);
    }
}
