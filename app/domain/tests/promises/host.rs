//! A unit registers itself and hands its identity in (`domain.md` §5, §9; GZ 二).

use crate::{HOSTILE, fields};
use domain::account::staff_login;
use domain::certification::{CertificationState, CertificationSummary};
use domain::file::FileView;
use domain::host::{HostIdentityForm, HostUnitView, RegisterHostForm};
use domain::identity::IdentityState;
use domain::review::{CaseState, StagePurpose, Standing};
use domain::{CaseId, Moment};
use proptest::prelude::*;
use uuid::Uuid;

fn registration() -> RegisterHostForm {
    RegisterHostForm {
        name: "贵州云上数据服务有限公司".to_owned(),
        credit_code: "91350100m000100y43".to_owned(),
        division: "520115".to_owned(),
        address: "长岭北路 1 号".to_owned(),
        legal_representative: "Anna Müller".to_owned(),
        operator: "罗敏".to_owned(),
        phone: "138 1234 5678".to_owned(),
        login: " Ｙunshang.Op ".to_owned(),
        password: "chunfeng-shili".to_owned(),
        consent_privacy: "on".to_owned(),
    }
}

fn identity() -> HostIdentityForm {
    let registered = registration();
    HostIdentityForm {
        name: registered.name,
        credit_code: registered.credit_code,
        division: registered.division,
        address: registered.address,
        legal_representative: registered.legal_representative,
        operator: registered.operator,
        phone: registered.phone,
        licence: Uuid::from_u128(1).to_string(),
        operator_letter: Uuid::from_u128(2).to_string(),
        legal_representative_id: String::new(),
    }
}

#[test]
fn a_registration_is_read_as_it_is_meant() {
    let new = registration().check().unwrap();
    assert_eq!(new.unit.credit_code.as_str(), "91350100M000100Y43");
    assert_eq!(new.login, "yunshang.op", "however it is typed");
    assert_eq!(new.phone.reveal(), "13812345678");
    assert_eq!(
        new.unit.legal_representative, "Anna Müller",
        "a foreigner may represent a unit"
    );
}

#[test]
fn an_empty_registration_says_beside_each_field_what_is_missing_in_the_order_of_the_steps() {
    let in_order: Vec<&str> = RegisterHostForm::STEPS
        .iter()
        .flat_map(|(_, fields)| fields.iter().copied())
        .collect();
    assert_eq!(fields(RegisterHostForm::default().check()), in_order);
}

#[test]
fn each_field_that_is_wrong_is_named() {
    let wrong = |change: fn(&mut RegisterHostForm)| {
        let mut form = registration();
        change(&mut form);
        fields(form.check())
    };
    assert_eq!(wrong(|form| form.name = "公司".into()), ["name"]);
    assert_eq!(wrong(|form| form.name = "长".repeat(81)), ["name"]);
    assert_eq!(
        wrong(|form| form.credit_code = "91350100M000100Y44".into()),
        ["credit_code"]
    );
    assert_eq!(wrong(|form| form.division = "520100".into()), ["division"]);
    assert_eq!(wrong(|form| form.address = " ".into()), ["address"]);
    assert_eq!(
        wrong(|form| form.legal_representative = "\u{200B}".into()),
        ["legal_representative"]
    );
    assert_eq!(wrong(|form| form.operator = "Luo Min".into()), ["operator"]);
    assert_eq!(wrong(|form| form.phone = "12345678901".into()), ["phone"]);
    assert_eq!(wrong(|form| form.login = "13812345678".into()), ["login"]);
    assert_eq!(wrong(|form| form.password = "1234567".into()), ["password"]);
    assert_eq!(wrong(|form| form.consent_privacy = "true".into()), ["consent_privacy"]);
}

#[test]
fn a_sign_in_name_of_staff_is_no_mobile_number_however_it_is_typed() {
    for number in ["13812345678", "+86 138-1234-5678", "１３８１２３４５６７８"] {
        assert!(staff_login(number).unwrap_err().contains("手机号"), "{number}");
    }
    for bad in ["", "ab", "名字", "a b c", &"a".repeat(41)] {
        assert!(staff_login(bad).is_err(), "{bad}");
    }
}

#[test]
fn neither_password_nor_phone_is_printed_or_kept_in_a_draft() {
    let printed = format!("{:?} {:?}", registration(), identity());
    assert!(!printed.contains("chunfeng") && !printed.contains("1234"), "{printed}");
    assert_eq!(registration().without_secrets().password, "");
}

#[test]
fn an_identity_needs_its_two_papers_and_a_phone_unless_one_is_stored() {
    let empty = HostIdentityForm::default();
    let all = [
        "name",
        "credit_code",
        "division",
        "address",
        "legal_representative",
        "operator",
        "phone",
        "licence",
        "operator_letter",
    ];
    assert_eq!(fields(empty.check(false)), all);
    let without = HostIdentityForm {
        phone: String::new(),
        ..identity()
    };
    assert_eq!(fields(without.check(false)), ["phone"]);
    assert_eq!(without.check(true).unwrap().phone, None);
    let other = HostIdentityForm {
        phone: "一三八".into(),
        licence: "../../etc/passwd".into(),
        ..identity()
    };
    assert_eq!(fields(other.check(true)), ["phone", "licence"]);
    let card = |id: &str| HostIdentityForm {
        legal_representative_id: id.to_owned(),
        ..identity()
    };
    assert_eq!(
        identity().check(true).unwrap().legal_representative_id,
        None,
        "it is optional"
    );
    assert!(
        card(&Uuid::from_u128(3).to_string())
            .check(true)
            .unwrap()
            .legal_representative_id
            .is_some()
    );
    assert_eq!(fields(card("../x").check(true)), ["legal_representative_id"]);
}

fn standing(state: CaseState, fields: &[&str]) -> Standing {
    Standing {
        id: CaseId::new(Uuid::from_u128(3)),
        state,
        purpose: StagePurpose::CountyReview,
        agency: "石阡县就业局".to_owned(),
        due: None,
        reason: None,
        taken_back: false,
        fields: fields.iter().map(|code| ((*code).to_owned(), String::new())).collect(),
        stages: Vec::new(),
        submitted_at: Moment::from_millis(0),
        decided_at: None,
    }
}

fn view(identity: IdentityState, case: Option<Standing>) -> HostUnitView {
    HostUnitView {
        name: String::new(),
        credit_code: String::new(),
        division: String::new(),
        division_name: String::new(),
        address: String::new(),
        legal_representative: String::new(),
        operator: String::new(),
        phone: None,
        identity,
        identity_at: None,
        certification: CertificationSummary {
            state: CertificationState::Draft,
            returned: false,
            next: String::new(),
            unverified: None,
        },
        case,
        licence: None::<FileView>,
        operator_letter: None,
        legal_representative_id: None,
        agency: None,
    }
}

#[test]
fn what_a_unit_sends_again_unchanged_is_named() {
    let sent = |identity, state, fields| HostUnitView {
        name: "石阡县茶业有限公司".to_owned(),
        address: "平安路 12 号".to_owned(),
        ..view(identity, Some(standing(state, fields)))
    };
    let returned = sent(IdentityState::Manual, CaseState::Returned, &["name", "address"]);
    let same = HostIdentityForm {
        name: "石阡县茶业有限公司 ".to_owned(),
        address: "平安路 12 号".to_owned(),
        ..HostIdentityForm::default()
    };
    assert_eq!(returned.unmended(&same).len(), 2);
    let mended = HostIdentityForm {
        division: "520623".to_owned(),
        ..same.clone()
    };
    assert_eq!(returned.unmended(&mended).len(), 1);
    assert!(
        sent(IdentityState::Rejected, CaseState::Rejected, &["name"])
            .unmended(&same)
            .is_empty()
    );
}

#[test]
fn only_the_returned_fields_reopen() {
    let returned = view(
        IdentityState::Manual,
        Some(standing(CaseState::Returned, &["licence", "address"])),
    );
    assert!(returned.may_submit() && returned.may_edit("licence") && returned.may_edit("address"));
    assert!(!returned.may_edit("name") && !returned.may_edit("operator_letter"));
    for (identity, case) in [
        (IdentityState::Manual, Some(standing(CaseState::Submitted, &[]))),
        (IdentityState::Verified, Some(standing(CaseState::Approved, &[]))),
        (IdentityState::Verified, None),
    ] {
        let view = view(identity, case);
        assert!(!view.may_submit() && !view.may_edit("licence"), "{identity:?}");
    }
    for (identity, case) in [
        (IdentityState::Unverified, None),
        (IdentityState::Rejected, Some(standing(CaseState::Rejected, &[]))),
    ] {
        let view = view(identity, case);
        assert!(view.may_submit() && view.may_edit("name"), "{identity:?}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_forms_of_a_unit_panic(text in any::<String>(), at in 0_usize..HOSTILE.len()) {
        for text in [text.as_str(), HOSTILE[at]] {
            let form = RegisterHostForm {
                name: text.to_owned(),
                credit_code: text.to_owned(),
                division: text.to_owned(),
                address: text.to_owned(),
                legal_representative: text.to_owned(),
                operator: text.to_owned(),
                phone: text.to_owned(),
                login: text.to_owned(),
                password: text.to_owned(),
                consent_privacy: text.to_owned(),
            };
            let _ = form.check();
            let _ = HostIdentityForm { licence: text.to_owned(), operator_letter: text.to_owned(), ..identity() }.check(true);
        }
    }
}
