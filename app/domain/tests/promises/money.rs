//! Money: whole fen, checked, never a float (architecture §1).

use crate::HOSTILE;
use domain::Fen;
use proptest::prelude::*;

#[test]
fn yuan_are_read_as_people_write_them() {
    for (text, fen) in [
        ("2100", 210_000),
        ("2100.5", 210_050),
        ("2100.05", 210_005),
        (" ¥2,100.00 ", 210_000),
        ("￥1,234,567.89", 123_456_789),
        ("2100元", 210_000),
        ("2，100", 210_000),
        ("0", 0),
    ] {
        assert_eq!(Fen::parse_yuan(text).map(Fen::fen), Ok(fen), "{text}");
    }
}

#[test]
fn what_is_no_amount_is_refused_with_a_sentence() {
    let mut bad = vec![
        "2100.", ".5", "2100.005", "-5", "+5", "21,00", ",100", "2,100,", "2100,", "1.2.3", "二千", "0x10", "5 5",
    ];
    bad.extend(HOSTILE);
    for text in bad {
        assert!(Fen::parse_yuan(text).is_err(), "{text}");
    }
}

#[test]
fn an_amount_is_never_negative_not_even_on_the_wire() {
    assert!(Fen::from_fen(-1).is_none());
    assert!(serde_json::from_str::<Fen>("-1").is_err());
    assert_eq!(serde_json::to_string(&Fen::from_fen(210_000)).unwrap(), "210000");
}

#[test]
fn amounts_are_shown_with_groups_and_two_decimals() {
    for (fen, shown) in [
        (0, "¥0.00"),
        (5, "¥0.05"),
        (210_000, "¥2,100.00"),
        (99_999, "¥999.99"),
        (123_456_789, "¥1,234,567.89"),
    ] {
        assert_eq!(Fen::from_fen(fen).unwrap().to_string(), shown);
    }
}

proptest! {
    #[test]
    fn what_is_shown_reads_back_as_the_same_fen(fen in 0..=i64::MAX) {
        let amount = Fen::from_fen(fen).unwrap();
        prop_assert_eq!(Fen::parse_yuan(&amount.to_string()), Ok(amount));
    }

    #[test]
    fn no_text_makes_money_panic(text in any::<String>(), wild in "[¥0-9,.元，-]{0,24}") {
        let _ = (Fen::parse_yuan(&text), Fen::parse_yuan(&wild));
    }
}
