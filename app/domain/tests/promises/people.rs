//! `domain.md` §9: ID card, credit code, mobile number, name.

use crate::{HOSTILE, day};
use domain::{CreditCode, IdCard, PersonName, Phone};
use proptest::prelude::*;

#[test]
fn the_id_cards_of_the_standard_are_accepted() {
    for (number, birth) in [
        ("11010519491231002X", "1949-12-31"),
        ("440524188001010014", "1880-01-01"),
        ("522224200402290015", "2004-02-29"),
        ("500112200311200022", "2003-11-20"),
    ] {
        let card = IdCard::parse(number).unwrap();
        assert_eq!((card.reveal(), card.birth()), (number, day(birth)));
    }
}

#[test]
fn an_id_card_may_be_typed_with_spaces_and_a_small_x() {
    assert_eq!(
        IdCard::parse(" 110105 19491231 002x ").unwrap().reveal(),
        "11010519491231002X"
    );
}

#[test]
fn six_chinese_characters_are_an_error_not_a_panic() {
    assert_eq!("中文六个汉字".len(), 18, "as many bytes as an ID number has characters");
    assert!(IdCard::parse("中文六个汉字").is_err());
}

#[test]
fn an_id_card_with_a_date_that_does_not_exist_is_refused() {
    // Right check digits, wrong days: 30 February, 31 April, 29 February of a common year, month 13.
    for body in [
        "52222420040230001",
        "52222420040431001",
        "52222420030229001",
        "52222420041301001",
    ] {
        let error = IdCard::parse(&with_check_digit(body)).unwrap_err();
        assert!(error.contains("出生日期"), "{body}: {error}");
    }
}

#[test]
fn residence_permits_of_hong_kong_macau_and_taiwan_are_accepted() {
    for province in ["81", "82", "83"] {
        assert!(
            IdCard::parse(&with_check_digit(&format!("{province}000019990101001"))).is_ok(),
            "{province}"
        );
    }
}

#[test]
fn an_id_card_of_no_province_is_refused_and_of_no_living_county_is_not() {
    for province in [
        "00", "10", "16", "20", "24", "30", "38", "47", "55", "66", "70", "72", "80", "84", "99",
    ] {
        assert!(
            IdCard::parse(&with_check_digit(&format!("{province}010519491231002"))).is_err(),
            "{province}"
        );
    }
    // 522224 was 石阡 until 2011; today's code is 520623.
    assert!(IdCard::parse("522224200402290015").is_ok());
}

#[test]
fn an_id_card_is_masked_wherever_it_is_printed() {
    let card = IdCard::parse("11010519491231002X").unwrap();
    assert_eq!(card.masked(), "110105**********2X");
    assert_eq!(format!("{card} {card:?}"), "110105**********2X 110105**********2X");
}

fn with_check_digit(body: &str) -> String {
    // GB 11643 states the weights as powers of two modulo 11; computed here instead of copied from the code.
    let sum: u32 = body
        .bytes()
        .rev()
        .zip(1_u32..)
        .map(|(digit, power)| u32::from(digit - b'0') * (2_u32.pow(power) % 11))
        .sum();
    format!("{body}{}", "10X98765432".chars().nth((sum % 11) as usize).unwrap())
}

#[test]
fn the_credit_codes_of_the_standard_are_accepted() {
    for code in ["91350100M000100Y43", "91000000MA00000T4X"] {
        assert_eq!(CreditCode::parse(code).unwrap().as_str(), code);
    }
    assert_eq!(
        CreditCode::parse(" 91350100m000100y43 ").unwrap().as_str(),
        "91350100M000100Y43"
    );
}

#[test]
fn a_credit_code_with_a_wrong_letter_length_or_check_is_refused() {
    for code in [
        "91350100M000100Y4Z",
        "91350100M000100Y44",
        "91350100M000100Y4",
        "91350100M000100Y433",
        "9135010OM000100Y43",
    ] {
        assert!(CreditCode::parse(code).is_err(), "{code}");
    }
}

#[test]
fn a_mobile_number_starts_with_13_to_19_and_has_11_digits() {
    for prefix in 13..=19 {
        assert!(Phone::parse(&format!("{prefix}812345678")).is_ok());
    }
    for number in [
        "10812345678",
        "11812345678",
        "12812345678",
        "23812345678",
        "1381234567",
        "138123456789",
        "1381234567a",
    ] {
        assert!(Phone::parse(number).is_err(), "{number}");
    }
}

#[test]
fn a_mobile_number_may_be_typed_with_spaces_hyphens_and_country_code_and_is_masked() {
    let phone = Phone::parse("+86 138-1234 5678").unwrap();
    assert_eq!(phone.reveal(), "13812345678");
    assert_eq!(format!("{phone} {phone:?}"), "138****5678 138****5678");
}

#[test]
fn names_of_two_to_thirty_characters_with_a_middle_dot_are_accepted() {
    for name in ["杨晓雨", "买买提·吐尔逊", "𠮷田", "李〇", &"长".repeat(30)] {
        assert_eq!(PersonName::parse(name).unwrap().as_str(), name);
    }
    assert_eq!(PersonName::parse("古丽•阿依 ").unwrap().as_str(), "古丽·阿依");
    assert_eq!(PersonName::parse("张　三").unwrap().as_str(), "张三");
}

#[test]
fn emoji_markup_latin_and_stray_dots_are_no_names() {
    for name in [
        "张🙂",
        "🙂🙂",
        "<b>张三</b>",
        "张三'--",
        "John",
        "张",
        "·张",
        "张·",
        "张··三",
        "张1",
        "张\u{200B}三",
        &"长".repeat(31),
    ] {
        assert!(PersonName::parse(name).is_err(), "{name}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_a_person_value_panic(text in any::<String>(), wild in "[0-9Xx一-龥·🙂\\s]{0,24}") {
        for text in [text.as_str(), wild.as_str()].into_iter().chain(HOSTILE) {
            let _ = (IdCard::parse(text), CreditCode::parse(text), Phone::parse(text), PersonName::parse(text));
        }
    }

    #[test]
    fn any_single_wrong_digit_of_an_id_card_is_found(place in 0_usize..17, digit in 0_u8..10) {
        let mut number = b"522224200402290015".to_vec();
        let before = number[place];
        number[place] = b'0' + digit;
        prop_assert_eq!(IdCard::parse(std::str::from_utf8(&number).unwrap()).is_ok(), number[place] == before);
    }

    #[test]
    fn every_day_and_sequence_with_its_check_digit_is_an_id_card(days in 0_i32..45_000, sequence in 0_u32..1000) {
        let birth = domain::value::add_days(day("1900-01-01"), days);
        let body = format!("520623{:04}{:02}{:02}{sequence:03}", birth.year(), birth.month(), birth.day());
        let card = IdCard::parse(&with_check_digit(&body));
        prop_assert_eq!(card.map(|card| card.birth()), Ok(birth));
    }

    #[test]
    fn any_single_wrong_character_of_a_credit_code_is_found(place in 0_usize..18, letter in "[0-9A-HJ-NPQRTUWXY]") {
        let mut code = "91350100M000100Y43".to_owned();
        let same = code[place..=place] == letter;
        code.replace_range(place..=place, &letter);
        prop_assert_eq!(CreditCode::parse(&code).is_ok(), same);
    }
}
