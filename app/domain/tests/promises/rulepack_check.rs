//! New versions of rule packs: merged field by field, and refused with line and reason (`domain.md` §7).

use crate::day;
use domain::AgencyId;
use domain::agency::{Agency, AgencyLevel};
use domain::document::{Document, Entry, Value, beside};
use domain::rulepack::{self, FIELDS, FieldKind, Fields, Ground, KnownVersion, RulePack};
use proptest::prelude::*;
use uuid::Uuid;

/// A document with one field a line.
fn document(fields: &[(&str, Value)]) -> Document {
    let entry = |(at, (field, value)): (usize, &(&str, Value))| Entry {
        field: (*field).to_owned(),
        value: value.clone(),
        line: u32::try_from(at).unwrap() + 1,
        item_lines: Vec::new(),
        remark: String::new(),
    };
    Document(fields.iter().enumerate().map(entry).collect())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(crate) fn list(items: &[&str]) -> Value {
    Value::List(items.iter().map(|item| (*item).to_owned()).collect())
}

/// A new version of 贵州 with these fields on the lines from 5 on.
pub(crate) fn version(fields: &[(&str, Value)]) -> Document {
    let mut all = vec![
        ("region", text("520000")),
        ("name", text("贵州省")),
        ("version", text("2026-2")),
        ("valid_from", text("2026-12-01")),
    ];
    all.extend(fields.iter().cloned());
    document(&all)
}

fn known() -> Vec<KnownVersion> {
    vec![KnownVersion {
        version: "2026-1".to_owned(),
        valid_from: day("2026-01-01"),
    }]
}

/// What the check says, line by line.
pub(crate) fn said(document: &Document) -> Vec<String> {
    let known = known();
    let ground = Ground {
        region: "520000",
        earliest: day("2026-11-20"),
        known: &known,
    };
    match rulepack::check(document, ground) {
        Ok(_) => Vec::new(),
        Err(flaws) => beside("document", flaws)
            .0
            .into_iter()
            .map(|error| error.message)
            .collect(),
    }
}

/// The national fields as the built-in document sets them.
fn national() -> Vec<(&'static str, Value)> {
    let table: toml::Table = domain::rulepack::NATIONAL_TOML.parse().unwrap();
    let value = |value: &toml::Value| match value {
        toml::Value::Integer(number) => Value::Whole(*number),
        toml::Value::Boolean(flag) => Value::Flag(*flag),
        toml::Value::String(text) => Value::Text(text.clone()),
        toml::Value::Array(items) => Value::List(items.iter().map(|item| item.as_str().unwrap().to_owned()).collect()),
        other => panic!("{other:?}"),
    };
    let mut fields: Vec<(&'static str, Value)> = ["region", "name", "version", "valid_from"]
        .into_iter()
        .chain(FIELDS.iter().map(|field| field.name))
        .filter_map(|name| Some((name, value(table.get(name)?))))
        .collect();
    assert_eq!(
        fields.len(),
        table.len(),
        "the table of fields knows every field of the document"
    );
    fields.sort_by_key(|(name, _)| *name);
    fields
}

#[test]
fn the_table_names_every_field_with_a_label_and_a_source() {
    let optional = ["pay_floor_youth", "pay_floor_others"];
    let set: Vec<&str> = national().into_iter().map(|(name, _)| name).collect();
    for field in FIELDS {
        assert!(
            set.contains(&field.name) || optional.contains(&field.name),
            "{}",
            field.name
        );
        assert!(!field.label.is_ascii() && !field.source.is_empty() && field.expected().starts_with("必须是"));
    }
    let mut labels: Vec<&str> = FIELDS.iter().map(|field| field.label).collect();
    labels.sort_unstable();
    labels.dedup();
    assert_eq!(labels.len(), FIELDS.len());
}

#[test]
fn every_built_in_value_passes_its_own_check_and_the_whole_fits_together() {
    let fields = national();
    let rules: Vec<(&str, Value)> = fields
        .iter()
        .filter(|(name, _)| !rulepack::HEAD.contains(name))
        .cloned()
        .collect();
    assert_eq!(said(&version(&rules)), Vec::<String>::new());
    let whole = document(&fields);
    let merged = Fields::of([&whole]);
    assert_eq!(rulepack::contradictions(&merged), []);
    let pack = merged.pack("000000@2026-1").unwrap();
    let expected: RulePack = toml::from_str(domain::rulepack::NATIONAL_TOML).unwrap();
    assert_eq!(
        (pack.basis(), pack.keep_years, &pack.post_chain),
        ("000000@2026-1", expected.keep_years, &expected.post_chain)
    );
    assert_eq!(pack.pay_floor_youth, None);
}

#[test]
fn a_wrong_value_is_refused_with_its_line_and_a_reason_that_names_the_field() {
    let cases = [
        (
            ("inspection_workdays", Value::Whole(-15)),
            "第 5 行 inspection_workdays：必须是 1 到 250 的整数",
        ),
        (
            ("agency_decision_workdays", Value::Whole(0)),
            "第 5 行 agency_decision_workdays：必须是 1 到 250 的整数",
        ),
        (
            ("inspection_workdays", text("15")),
            "第 5 行 inspection_workdays：必须是 1 到 250 的整数",
        ),
        (
            ("inspection_workdays", Value::Other),
            "第 5 行 inspection_workdays：必须是 1 到 250 的整数",
        ),
        (
            ("retention_bonus_percent", Value::Whole(101)),
            "第 5 行 retention_bonus_percent：必须是 1 到 100 的整数",
        ),
        (
            ("fence_radius_max_m", Value::Whole(100_000)),
            "第 5 行 fence_radius_max_m：必须是 20 到 5000 的整数",
        ),
        (
            ("keep_years", Value::Whole(4)),
            "第 5 行 keep_years：必须是 5 到 100 的整数",
        ),
        (
            ("monthly_report", Value::Whole(1)),
            "第 5 行 monthly_report：必须是 true（是）或 false（否）",
        ),
        (
            ("inspection_workday", Value::Whole(15)),
            "第 5 行 inspection_workday：没有这个字段，您要写的可能是 inspection_workdays（实地考察期限）",
        ),
        (
            ("basis", text("x")),
            "第 5 行 basis：没有这个字段，请删掉这一行，或者照“全国”的字段名改正",
        ),
        (
            ("post_chain", list(&["county_review", "town_review"])),
            "第 5 行 post_chain：没有“town_review”这个环节，可用的环节有 county_review、city_review、province_review、provincial_filing",
        ),
        (
            ("post_chain", list(&["county_review", "county_review"])),
            "第 5 行 post_chain：环节 county_review 写了两次，请删掉一个",
        ),
        (
            ("certification_chain", list(&["county_review", "county_inspection"])),
            "第 5 行 certification_chain：最后一个环节不能是实地考察，考察之后要有审核决定",
        ),
        (
            ("province_plan_cities", list(&["520115"])),
            "第 5 行 province_plan_cities：“520115”不是市级行政区划代码，要写六位数字",
        ),
        (
            ("vocational_graduate_counties", list(&["石阡县"])),
            "第 5 行 vocational_graduate_counties：“石阡县”不是县级行政区划代码，要写六位数字",
        ),
        (
            ("vocational_graduate_counties", list(&["370102"])),
            "第 5 行 vocational_graduate_counties：370102 不在 520000 的范围内，只能写本地区的代码",
        ),
    ];
    for ((field, value), sentence) in cases {
        assert_eq!(said(&version(&[(field, value)])), [sentence]);
    }
    let empty = said(&version(&[("post_chain", list(&[]))]));
    assert!(
        empty[0].contains("第 5 行 post_chain：必须是审核环节的列表，至少有一个"),
        "{empty:?}"
    );
    assert_eq!(
        said(&version(&[("certification_chain_city", list(&[]))])),
        Vec::<String>::new(),
        "not offered"
    );
}

#[test]
fn a_document_is_named_once_and_counts_later_than_what_is_there() {
    let with = |field: &str, value: Value| {
        let mut document = version(&[]);
        document.0.iter_mut().find(|entry| entry.field == field).unwrap().value = value;
        said(&document).join("\n")
    };
    assert!(with("region", text("370000")).contains("第 1 行 region：必须写 \"520000\""));
    assert!(with("name", text("黔")).contains("第 2 行 name：请写地区名称"));
    assert!(with("version", text("2026-1")).contains("第 3 行 version：版本名 2026-1 已经用过"));
    for odd in [
        text("v2"),
        text("2026-"),
        text("2026-1234"),
        text("２０２６-1"),
        Value::Whole(2026),
    ] {
        assert!(with("version", odd).contains("第 3 行 version：版本名写成“年份-序号”"));
    }
    assert!(
        with("valid_from", text("2026-01-01")).contains("第 4 行 valid_from：必须晚于现有版本的生效日期 2026年1月1日")
    );
    assert!(with("valid_from", text("2026-11-19")).contains("第 4 行 valid_from：最早从 2026年11月20日 起生效"));
    assert!(with("valid_from", text("2026-02-30")).contains("第 4 行 valid_from：请写生效日期"));
    assert_eq!(with("valid_from", text("2026-11-20")), "");
    let missing = said(&document(&[("keep_years", Value::Whole(0))]));
    assert_eq!(missing.len(), 5, "everything at once: {missing:?}");
    assert!(missing.iter().any(|sentence| sentence.starts_with("缺少 version：")));
}

#[test]
fn two_fields_that_do_not_fit_are_told_on_the_line_that_was_written() {
    let above = document(&national());
    for (field, value) in [
        ("fence_radius_min_m", 301),
        ("internship_months_max", 2),
        ("youth_age_min", 25),
    ] {
        let own = version(&[(field, Value::Whole(value))]);
        assert_eq!(said(&own), Vec::<String>::new(), "for itself it is a good value");
        let wrong = rulepack::contradictions(&Fields::of([&above, &own]));
        let flaw = wrong[0].in_document(&own);
        assert_eq!((flaw.line, flaw.field.as_str()), (Some(5), field));
        assert!(
            flaw.reason.contains(&value.to_string()) && flaw.reason.contains("含继承上级的值"),
            "{}",
            flaw.reason
        );
    }
}

#[test]
fn an_admin_changes_the_own_area_and_what_lies_below_it_only() {
    let agency = |level, division: &str, areas: &[&str]| Agency {
        id: AgencyId::new(Uuid::from_u128(1)),
        name: "人社局".to_owned(),
        level,
        division: division.to_owned(),
        parent: None,
        areas: areas.iter().map(|area| (*area).to_owned()).collect(),
    };
    let province = agency(AgencyLevel::Province, "520000", &[]);
    let city = agency(AgencyLevel::City, "520600", &["520115"]);
    let county = agency(AgencyLevel::County, "520623", &[]);
    let zone = agency(AgencyLevel::County, "500000", &["500112"]);
    let may = |agency: &Agency| {
        [
            "000000",
            "520000",
            "520600",
            "520623",
            "520115",
            "520111",
            "370000",
            "500000",
            "500112",
            "",
            "石阡县",
            "52062",
        ]
        .into_iter()
        .filter(|region| rulepack::may_change(agency, region))
        .collect::<Vec<_>>()
    };
    assert_eq!(may(&province), ["520000", "520600", "520623", "520115", "520111"]);
    assert_eq!(may(&city), ["520600", "520623", "520115"]);
    assert_eq!(may(&county), ["520623"]);
    assert_eq!(
        may(&zone),
        ["500112"],
        "a zone that carries the code above it never changes that region"
    );
}

#[test]
fn the_regions_on_the_way_to_a_county_inherit_from_each_other() {
    assert_eq!(rulepack::path("520623"), ["000000", "520000", "520600", "520623"]);
    assert_eq!(rulepack::path("520000"), ["000000", "520000"]);
    assert_eq!(rulepack::path("441900"), ["000000", "440000", "441900"]);
    for odd in [
        "",
        "000000",
        "52062",
        "石阡",
        "5206231",
        "１２３４５６",
        "010000",
        "520023",
    ] {
        assert_eq!(rulepack::path(odd), ["000000"], "{odd}");
    }
}

/// A value that a field may hold.
fn good(kind: FieldKind) -> BoxedStrategy<Value> {
    match kind {
        FieldKind::Whole { least, most } | FieldKind::Money { least, most } => {
            (least..=most).prop_map(Value::Whole).boxed()
        }
        FieldKind::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        FieldKind::Chain { .. } => Just(list(&["county_review", "city_review"])).boxed(),
        FieldKind::Cities => Just(list(&["520100", "520300"])).boxed(),
        FieldKind::Counties => Just(list(&["520623"])).boxed(),
    }
}

/// Some fields with good values.
fn some_fields() -> impl Strategy<Value = Vec<(&'static str, Value)>> {
    proptest::sample::subsequence(FIELDS.to_vec(), 0..=FIELDS.len()).prop_flat_map(|fields| {
        fields
            .into_iter()
            .map(|field| good(field.kind).prop_map(move |value| (field.name, value)))
            .collect::<Vec<_>>()
    })
}

proptest! {
    #[test]
    fn each_field_is_the_nearest_regions_that_sets_it(layers in proptest::collection::vec(some_fields(), 1..4)) {
        let mut documents = vec![document(&national())];
        documents.extend(layers.iter().map(|fields| document(fields)));
        let merged = Fields::of(&documents);
        for field in FIELDS {
            let nearest = documents.iter().rev().find_map(|one| one.get(field.name)).map(|entry| &entry.value);
            prop_assert_eq!(merged.get(field.name), nearest);
        }
        let pack = merged.pack("").unwrap();
        prop_assert_eq!(Some(i64::from(pack.keep_years)), merged.whole("keep_years"));
        prop_assert_eq!(pack.pay_floor_youth.map(|floor| floor.fen()), merged.whole("pay_floor_youth"));
    }

    #[test]
    fn every_good_version_passes_and_every_number_outside_its_limits_does_not(fields in some_fields(), beyond in 1..1000_i64) {
        prop_assert_eq!(said(&version(&fields)), Vec::<String>::new());
        for field in FIELDS {
            if let FieldKind::Whole { least, most } | FieldKind::Money { least, most } = field.kind {
                for number in [least - beyond, most + beyond, i64::MIN, i64::MAX] {
                    prop_assert_eq!(said(&version(&[(field.name, Value::Whole(number))])).len(), 1, "{}", field.name);
                }
            }
        }
    }

    #[test]
    fn nothing_that_is_typed_makes_the_check_fall_over(field in ".{0,30}", typed in ".{0,30}", number in any::<i64>()) {
        for value in [Value::Text(typed.clone()), Value::Whole(number), Value::List(vec![typed.clone()]), Value::Other] {
            said(&version(&[(field.as_str(), value.clone())]));
            for known in FIELDS {
                said(&version(&[(known.name, value.clone())]));
            }
        }
        prop_assert_eq!(rulepack::path(&typed).len() > 1, rulepack::is_region(&typed) && typed != rulepack::NATIONAL);
    }
}
