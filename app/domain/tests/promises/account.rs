//! The account forms: empty and malformed fields get a sentence; lengths count characters (ASVS 5.0 §6.2).

use crate::fields;
use domain::account::{ChangePasswordForm, Role, SecondFactorForm, SignInForm};
use proptest::prelude::*;

macro_rules! check {
    ($form:expr) => {
        ($form).check()
    };
}

#[test]
fn signing_in_needs_a_name_and_a_password() {
    assert_eq!(fields(check!(&SignInForm::default())), ["login", "password"]);
    assert_eq!(
        fields(check!(&SignInForm {
            login: "\u{3000}".into(),
            password: "x".into()
        })),
        ["login"]
    );
    assert!(
        check!(&SignInForm {
            login: "13812345678".into(),
            password: "x".into()
        })
        .is_ok()
    );
}

#[test]
fn a_second_factor_is_six_digits() {
    assert!(
        check!(&SecondFactorForm {
            code: " 012345 ".into()
        })
        .is_ok()
    );
    for bad in ["", "12345", "1234567", "12345a", "１２３４５６", "中文"] {
        assert_eq!(
            fields(check!(&SecondFactorForm { code: bad.into() })),
            ["code"],
            "{bad}"
        );
    }
}

#[test]
fn a_new_password_has_8_to_64_characters() {
    let change = |new: &str| {
        check!(&ChangePasswordForm {
            current: "until now".into(),
            new: new.into(),
        })
    };
    assert!(change("八个汉字的密码啊").is_ok() && change(&"x".repeat(64)).is_ok());
    for bad in ["", "1234567", &"x".repeat(65)] {
        assert_eq!(fields(change(bad)), ["new"]);
    }
    assert_eq!(fields(check!(&ChangePasswordForm::default())), ["current", "new"]);
}

#[test]
fn only_trainees_are_not_staff_and_every_role_keeps_its_code() {
    for code in [
        "trainee",
        "operator",
        "mentor",
        "reviewer",
        "city_centre",
        "auditor",
        "admin",
    ] {
        let role = Role::from_code(code).unwrap();
        assert_eq!(role.code(), code);
        assert_eq!(
            serde_json::to_string(&role).unwrap(),
            format!("\"{code}\""),
            "one name everywhere"
        );
        assert_eq!(role.is_staff(), code != "trainee");
    }
    assert_eq!(Role::from_code("root"), None);
}

proptest! {
    #[test]
    fn no_text_makes_an_account_form_panic(a in any::<String>(), b in any::<String>()) {
        let _ = check!(&SignInForm { login: a.clone(), password: b.clone() });
        let _ = check!(&SecondFactorForm { code: a.clone() });
        let _ = check!(&ChangePasswordForm { current: a, new: b });
    }
}
