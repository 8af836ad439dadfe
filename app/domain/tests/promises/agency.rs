//! Agencies: the guards of the tree, what an agency covers, what stands in the way of closing, divisions with days.

use crate::{HOSTILE, fields};
use domain::agency::{Agency, AgencyForm, AgencyLevel, Directory, Ties, lies_in};
use domain::division::{DivisionEnd, DivisionForm};
use domain::{AgencyId, FieldErrors};
use uuid::Uuid;

fn id(number: u128) -> AgencyId {
    AgencyId::new(Uuid::from_u128(number))
}

fn agency(number: u128, name: &str, level: AgencyLevel, division: &str, parent: Option<u128>) -> Agency {
    Agency {
        id: id(number),
        name: name.to_owned(),
        level,
        division: division.to_owned(),
        parent: parent.map(id),
        areas: Vec::new(),
    }
}

/// 贵州: the province, two cities, one county each; 重庆 with its zone beside.
fn directory() -> Directory {
    let zone = Agency {
        areas: vec!["500112".to_owned()],
        ..agency(11, "两江新区社会保险管理中心", AgencyLevel::County, "500000", Some(10))
    };
    Directory::new(vec![
        agency(1, "贵州省人社厅", AgencyLevel::Province, "520000", None),
        agency(2, "贵阳市人社局", AgencyLevel::City, "520100", Some(1)),
        agency(3, "观山湖区人社局", AgencyLevel::County, "520115", Some(2)),
        agency(4, "铜仁市人社局", AgencyLevel::City, "520600", Some(1)),
        agency(5, "石阡县人社局", AgencyLevel::County, "520623", Some(4)),
        agency(10, "重庆市人社局", AgencyLevel::Province, "500000", None),
        zone,
    ])
}

fn form(name: &str, level: &str, division: &str, parent: u128) -> AgencyForm {
    AgencyForm {
        name: name.to_owned(),
        level: level.to_owned(),
        division: division.to_owned(),
        parent: id(parent).to_string(),
        areas: Vec::new(),
    }
}

/// What an admin of agency `own` makes of agency `of`, a new one when nobody has that number.
fn check(own: u128, of: u128, form: &AgencyForm) -> Result<Agency, FieldErrors> {
    form.check(&directory(), id(own), id(of))
}

#[test]
fn an_admin_adds_below_the_own_agency_and_nowhere_else() {
    let new = form(" 铜仁市碧江区人社局 ", "county", "520602", 4);
    let made = check(1, 99, &new).unwrap();
    assert_eq!((made.name.as_str(), made.parent), ("铜仁市碧江区人社局", Some(id(4))));
    assert_eq!(check(4, 99, &new).unwrap(), made);
    assert_eq!(fields(check(2, 99, &new)), ["parent"], "another city's");
    assert_eq!(fields(check(5, 99, &new)), ["parent"], "a county above itself");
    assert_eq!(fields(check(10, 99, &new)), ["parent"], "another province's");
    let elsewhere = form("白云区人社局", "county", "520113", 4);
    assert_eq!(
        fields(check(4, 99, &elsewhere)),
        ["division"],
        "a division beyond the own city"
    );
    let beyond = form("渝中区人社局", "county", "500103", 1);
    assert_eq!(
        fields(check(1, 99, &beyond)),
        ["division"],
        "another province's division"
    );
}

#[test]
fn the_agency_above_is_of_a_higher_level_and_there_is_no_ring() {
    assert_eq!(
        fields(check(1, 99, &form("白云区人社局", "county", "520113", 3))),
        ["parent"]
    );
    assert_eq!(
        fields(check(1, 99, &form("遵义市人社局", "city", "520300", 2))),
        ["parent"]
    );
    assert_eq!(
        fields(check(1, 2, &form("贵阳市人社局", "city", "520100", 2))),
        ["parent"],
        "itself"
    );
    assert_eq!(
        fields(check(1, 2, &form("贵阳市人社局", "city", "520100", 3))),
        ["parent"],
        "one below it"
    );
    assert_eq!(
        fields(check(1, 99, &form("遵义市人社局", "city", "520300", 77))),
        ["parent"],
        "nobody"
    );
    let orphan = AgencyForm {
        parent: String::new(),
        ..form("遵义市人社局", "city", "520300", 1)
    };
    assert_eq!(fields(check(1, 99, &orphan)), ["parent"]);
    let lowered = form("贵阳市人社局", "county", "520115", 1);
    assert_eq!(fields(check(1, 2, &lowered)), ["level"], "a county has none below it");
}

#[test]
fn an_agency_keeps_its_place_while_only_its_name_changes() {
    let top = AgencyForm {
        parent: String::new(),
        ..form("贵州省人力资源和社会保障厅", "province", "520000", 1)
    };
    assert_eq!(check(1, 1, &top).unwrap().parent, None);
    // The admin of a city does not see the province, and may keep it.
    let city = form("贵阳市人力资源和社会保障局", "city", "520100", 1);
    assert_eq!(check(2, 2, &city).unwrap().parent, Some(id(1)));
    assert_eq!(
        fields(check(3, 3, &form("观山湖区人社局", "county", "520115", 4))),
        ["parent"],
        "only from above"
    );
}

#[test]
fn names_are_two_to_a_hundred_characters_and_free() {
    for (name, fits) in [
        ("局", false),
        ("县局", true),
        (&"局".repeat(100), true),
        (&"局".repeat(101), false),
    ] {
        assert_eq!(check(1, 99, &form(name, "county", "520602", 4)).is_ok(), fits, "{name}");
    }
    assert_eq!(
        fields(check(1, 99, &form("石阡县人社局", "county", "520602", 4))),
        ["name"]
    );
    assert!(
        check(1, 5, &form("石阡县人社局", "county", "520623", 4)).is_ok(),
        "its own name is free"
    );
}

#[test]
fn one_level_has_one_agency_for_a_division_and_the_division_fits_the_level() {
    assert_eq!(
        fields(check(1, 99, &form("石阡县就业局", "county", "520623", 4))),
        ["division"]
    );
    for (level, division) in [
        ("county", "520600"),
        ("county", "520000"),
        ("city", "520623"),
        ("city", "520000"),
    ] {
        assert_eq!(
            fields(check(1, 99, &form("新机构", level, division, 1))),
            ["division"],
            "{level} {division}"
        );
    }
    for hostile in HOSTILE.into_iter().filter(|text| !text.trim().is_empty()) {
        assert!(
            check(1, 99, &form("新机构", "county", hostile, 1)).is_err(),
            "{hostile}"
        );
        assert!(
            check(1, 99, &form("新机构", hostile, "520602", 1)).is_err(),
            "{hostile}"
        );
        let parent = AgencyForm {
            parent: hostile.to_owned(),
            ..form("新机构", "county", "520602", 1)
        };
        assert!(check(1, 99, &parent).is_err(), "{hostile}");
        let areas = AgencyForm {
            areas: vec![hostile.to_owned()],
            ..form("新机构", "county", "520602", 1)
        };
        assert!(check(1, 99, &areas).is_err(), "{hostile}");
    }
}

#[test]
fn a_zone_carries_the_division_above_and_looks_after_its_areas() {
    let new = AgencyForm {
        areas: vec!["520602".to_owned()],
        ..form("铜仁高新区人社局", "county", "", 4)
    };
    let zone = check(4, 99, &new).unwrap();
    assert_eq!(
        (zone.division.as_str(), zone.areas.as_slice()),
        ("520600", &["520602".to_owned()][..])
    );
    let directory = directory();
    let liangjiang = directory.get(id(11)).unwrap();
    assert!(directory.is_zone(liangjiang) && !directory.is_zone(directory.get(id(3)).unwrap()));
    assert_eq!(AgencyForm::of(liangjiang, &directory).division, "");
    assert!(directory.covers(id(11), "500112") && !directory.covers(id(11), "500103"));
    assert_eq!(
        directory
            .responsible(AgencyLevel::County, "500112")
            .map(|agency| agency.id),
        Some(id(11))
    );
    assert_eq!(
        fields(check(3, 99, &form("区里的园区", "county", "", 3))),
        ["parent", "division"],
        "nothing to divide"
    );
}

#[test]
fn areas_lie_in_the_own_province_and_within_reach() {
    let with = |area: &str| AgencyForm {
        areas: vec![area.to_owned()],
        ..form("石阡县人社局", "county", "520623", 4)
    };
    assert!(check(4, 5, &with("520622")).is_ok());
    assert_eq!(fields(check(4, 5, &with("520115"))), ["areas"], "another city's");
    assert!(check(1, 5, &with("520115")).is_ok(), "the province may");
    assert_eq!(
        fields(check(5, 5, &with("520622"))),
        ["areas"],
        "nobody takes a neighbour"
    );
    for area in ["500103", "520000", "520623", "石阡"] {
        assert_eq!(fields(check(1, 5, &with(area))), ["areas"], "{area}");
    }
}

#[test]
fn the_tree_begins_at_the_own_agency_and_each_is_followed_by_those_below() {
    let directory = directory();
    let tree: Vec<(u8, AgencyId)> = directory
        .tree(id(1))
        .into_iter()
        .map(|(depth, one)| (depth, one.id))
        .collect();
    assert_eq!(tree, [(0, id(1)), (1, id(2)), (2, id(3)), (1, id(4)), (2, id(5))]);
    assert!(directory.tree(id(77)).is_empty());
    let mut ring = directory.all().to_vec();
    ring[0].parent = Some(id(3));
    assert!(Directory::new(ring).tree(id(1)).len() <= 8, "a ring ends");
}

#[test]
fn a_division_lies_in_itself_and_in_those_above_it() {
    for upper in ["520623", "520600", "520000"] {
        assert!(lies_in("520623", upper), "{upper}");
    }
    for other in ["520622", "520100", "500000", "", "000000"] {
        assert!(!lies_in("520623", other), "{other}");
    }
}

#[test]
fn what_is_in_the_way_of_closing_is_said_in_one_sentence() {
    assert_eq!(Ties::default().refusal(), None);
    let sentence = Ties {
        hosts: 3,
        cases: 2,
        accounts: 0,
        below: 1,
    }
    .refusal()
    .unwrap();
    assert!(
        sentence.contains("3 家由它认证的单位、2 件没有办结的事项、1 个下级机构"),
        "{sentence}"
    );
    assert!(!sentence.contains("账号"), "{sentence}");
}

#[test]
fn a_province_changes_its_own_divisions_only() {
    let new = |code: &str, name: &str, from: &str| DivisionForm {
        code: code.into(),
        name: name.into(),
        from: from.into(),
    };
    let added = new(" 520631 ", "新区", "2027-01-01").check("520000").unwrap();
    assert_eq!((added.code.as_str(), added.is_city), ("520631", false));
    assert!(new("520700", "新市", "2027-01-01").check("520000").unwrap().is_city);
    assert_eq!(fields(new("500231", "新区", "2027-01-01").check("520000")), ["code"]);
    assert_eq!(fields(new("520000", "新省", "2027-01-01").check("520000")), ["code"]);
    assert_eq!(
        fields(new("", "", "").check("520000")),
        ["code", "division_name", "from"]
    );
    let end = |code: &str, until: &str| {
        DivisionEnd {
            code: code.into(),
            until: until.into(),
        }
        .check("520000")
    };
    assert!(end("520623", "2026-12-31").is_ok());
    assert_eq!(fields(end("520000", "2026-12-31")), ["ended"]);
    assert_eq!(fields(end("500103", "2026-02-30")), ["ended", "until"]);
}
