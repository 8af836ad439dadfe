//! What a chain of stages must be: from the county upwards, decided before it is filed, inspected only before a certification.

use crate::rulepack_check::{list, said, version};

#[test]
fn a_chain_that_could_not_be_worked_through_is_refused_with_its_line_and_reason() {
    let cases = [
        (
            ("certification_chain", list(&["provincial_filing"])),
            "第 5 行 certification_chain：provincial_filing 之前要有审核环节：备案只记录结果，不作决定",
        ),
        (
            ("certification_chain", list(&["county_inspection", "provincial_filing"])),
            "第 5 行 certification_chain：provincial_filing 之前要有审核环节：备案只记录结果，不作决定",
        ),
        (
            ("certification_chain_city", list(&["city_review", "county_review"])),
            "第 5 行 certification_chain_city：county_review 不能排在上级机构的环节之后，要从县级到市级再到省级",
        ),
        (
            (
                "certification_chain_province",
                list(&["county_review", "provincial_filing", "province_review"]),
            ),
            "第 5 行 certification_chain_province：备案之后不能再有 province_review，备案是最后一个环节",
        ),
        (
            ("post_chain", list(&["county_inspection", "county_review"])),
            "第 5 行 post_chain：这里不能写 county_inspection：实地考察只在单位认证时进行",
        ),
        (
            ("post_chain", list(&["county_inspection"])),
            "第 5 行 post_chain：这里不能写 county_inspection：实地考察只在单位认证时进行",
        ),
    ];
    for ((field, value), sentence) in cases {
        assert_eq!(said(&version(&[(field, value)])), [sentence]);
    }
}

#[test]
fn chains_from_the_county_upwards_pass() {
    for good in [
        vec!["county_inspection", "county_review", "city_review", "provincial_filing"],
        vec!["county_review", "city_review", "province_review"],
        vec!["province_review", "provincial_filing"],
    ] {
        assert_eq!(
            said(&version(&[("certification_chain", list(&good))])),
            Vec::<String>::new()
        );
    }
}
