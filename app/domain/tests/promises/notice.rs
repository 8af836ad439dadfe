//! Notices: words for everybody, names only inside the inbox, kept contents read back.

use crate::day;
use domain::notice::{InboxCursor, NoticeContent, PushForm, PushKeys};
use domain::review::CaseKind;
use domain::{CaseId, Moment, NoticeId};
use proptest::prelude::*;
use uuid::Uuid;

const NAMES: [&str; 3] = ["贵州云上数据服务有限公司", "石阡县就业局", "营业执照"];

fn every_content() -> Vec<NoticeContent> {
    let case = CaseId::new(Uuid::from_u128(7));
    let [subject, agency, field] = NAMES.map(ToOwned::to_owned);
    let due = day("2026-11-23");
    let mut all = vec![
        NoticeContent::IdentityVerified,
        NoticeContent::IdentityToManual {
            agency: agency.clone(),
            due,
        },
        NoticeContent::HostCleanedOut,
        NoticeContent::HostDisqualified { until: due },
        NoticeContent::RectificationAsked { by: due },
        NoticeContent::RectificationAccepted,
    ];
    for kind in [
        CaseKind::PersonIdentity,
        CaseKind::HostIdentity,
        CaseKind::Certification,
    ] {
        all.extend([
            NoticeContent::CaseReceived {
                case,
                kind,
                subject: subject.clone(),
                due,
            },
            NoticeContent::CasePassedStage {
                kind,
                stage: "初审".into(),
                agency: agency.clone(),
                due,
            },
            NoticeContent::CaseReturned {
                case,
                kind,
                fields: vec![field.clone()],
            },
            NoticeContent::CaseReturned {
                case,
                kind,
                fields: Vec::new(),
            },
            NoticeContent::CaseRejected { case, kind },
            NoticeContent::CaseApproved { case, kind },
            NoticeContent::CaseRevoked { case, kind },
            NoticeContent::CaseTakenBack {
                case,
                kind,
                subject: subject.clone(),
                agency: agency.clone(),
                stage: "县级审核".into(),
            },
            NoticeContent::CaseOverdue {
                case,
                kind,
                subject: subject.clone(),
                agency: agency.clone(),
                due,
            },
            NoticeContent::DueMoved {
                kind,
                from: due,
                to: day("2026-11-25"),
            },
        ]);
    }
    all
}

#[test]
fn every_notice_says_what_happened_and_what_comes_next_and_leads_there() {
    for content in every_content() {
        let (title, body) = (content.title(), content.body());
        assert!(title.chars().count() <= 24, "{title}");
        assert!(body.ends_with('。'), "{body}");
        assert!(
            ["/me/identity", "/host/unit", "/host/certification"].contains(&content.href().as_str())
                || content.href().starts_with("/cases/"),
            "{content:?}"
        );
    }
}

#[test]
fn a_title_names_nobody_and_carries_no_number_because_it_stands_on_lock_screens() {
    for content in every_content() {
        let title = content.title();
        assert!(NAMES.iter().all(|name| !title.contains(name)), "{title}");
        assert!(!title.contains(|letter: char| letter.is_ascii_digit()), "{title}");
    }
}

#[test]
fn a_kept_notice_reads_back_and_its_name_in_json_is_stable() {
    for content in every_content() {
        let json = serde_json::to_string(&content).unwrap();
        assert_eq!(serde_json::from_str::<NoticeContent>(&json).unwrap(), content);
    }
    let verified = serde_json::to_string(&NoticeContent::IdentityVerified).unwrap();
    assert_eq!(verified, r#"{"notice":"identity_verified"}"#);
}

#[test]
fn a_kind_of_case_has_one_name_in_the_database_and_in_json() {
    for kind in [
        CaseKind::PersonIdentity,
        CaseKind::HostIdentity,
        CaseKind::Certification,
    ] {
        assert_eq!(CaseKind::from_code(kind.code()), Some(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
        assert!(!kind.label().is_empty());
    }
    assert_eq!(CaseKind::from_code("cash"), None);
}

#[test]
fn a_push_subscription_prints_nothing_of_itself_and_has_bounds() {
    let form = PushForm {
        endpoint: "https://push.example/secret".into(),
        keys: PushKeys {
            p256dh: "p".repeat(87),
            auth: "a".repeat(22),
        },
    };
    assert!(!format!("{form:?}").contains("secret"));
    assert!(form.check().is_ok());
    let endless = PushForm {
        endpoint: "x".repeat(5000),
        ..form
    };
    assert!(endless.check().is_err());
}

proptest! {
    #[test]
    fn a_cursor_reads_back(read: bool, at: i64, id: u128) {
        let cursor = InboxCursor { read, at: Moment::from_millis(at), id: NoticeId::new(Uuid::from_u128(id)) };
        prop_assert_eq!(InboxCursor::parse(&cursor.to_string()), Some(cursor));
    }

    #[test]
    fn any_other_text_is_no_cursor_and_no_panic(text: String) {
        let _ = InboxCursor::parse(&text);
    }
}

#[test]
fn what_attackers_type_is_no_cursor() {
    for text in crate::HOSTILE {
        assert_eq!(InboxCursor::parse(text), None, "{text}");
    }
}
