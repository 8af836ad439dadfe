//! State machines: every (state, event) pair is a listed transition or a refusal that a person can act on (`domain.md` §5, §6).

use crate::day;
use domain::attendance::{CheckInEvent, CheckInRefusal, CheckInState, Verdict};
use domain::internship::{InternshipEvent, InternshipRefusal, InternshipState};
use proptest::prelude::*;

#[test]
fn inside_counts_at_once_everything_else_waits_for_the_host() {
    use CheckInState::{Valid, Waiting};
    for (verdict, clock_doubt, state) in [
        (Verdict::Inside, false, Valid),
        (Verdict::Inside, true, Waiting),
        (Verdict::Uncertain, false, Waiting),
        (Verdict::Uncertain, true, Waiting),
        (Verdict::Outside, false, Waiting),
        (Verdict::Outside, true, Waiting),
    ] {
        assert_eq!(
            CheckInState::on_receipt(verdict, clock_doubt),
            state,
            "{verdict:?} {clock_doubt}"
        );
    }
}

#[test]
fn an_uncertain_or_outside_position_needs_a_reason() {
    assert!(!Verdict::Inside.needs_reason());
    assert!(Verdict::Uncertain.needs_reason() && Verdict::Outside.needs_reason());
}

#[test]
fn only_a_waiting_check_in_is_decided_and_only_once() {
    use CheckInEvent::{Confirm, SendBack};
    use CheckInRefusal::{AlreadyDecided, NeedsNone};
    use CheckInState::{Confirmed, SentBack, Valid, Waiting};
    let table = [
        (Valid, Confirm, Err(NeedsNone)),
        (Valid, SendBack, Err(NeedsNone)),
        (Waiting, Confirm, Ok(Confirmed)),
        (Waiting, SendBack, Ok(SentBack)),
        (Confirmed, Confirm, Err(AlreadyDecided)),
        (Confirmed, SendBack, Err(AlreadyDecided)),
        (SentBack, Confirm, Err(AlreadyDecided)),
        (SentBack, SendBack, Err(AlreadyDecided)),
    ];
    assert_eq!(table.len(), CheckInState::ALL.len() * 2, "every pair");
    for (state, event, expected) in table {
        assert_eq!(state.step(event), expected, "{state:?} {event:?}");
    }
}

#[test]
fn valid_and_confirmed_count_waiting_and_sent_back_do_not() {
    let counting: Vec<_> = CheckInState::ALL.into_iter().filter(|state| state.counts()).collect();
    assert_eq!(counting, [CheckInState::Valid, CheckInState::Confirmed]);
}

/// The kinds of events, for a table of every pair.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Confirm,
    ConfirmUnverified,
    ConfirmAtClosedHost,
    ConfirmWithOther,
    ConfirmTooLate,
    Decline,
    Withdraw,
    ExpireTooEarly,
    Expire,
}

const KINDS: [Kind; 9] = [
    Kind::Confirm,
    Kind::ConfirmUnverified,
    Kind::ConfirmAtClosedHost,
    Kind::ConfirmWithOther,
    Kind::ConfirmTooLate,
    Kind::Decline,
    Kind::Withdraw,
    Kind::ExpireTooEarly,
    Kind::Expire,
];

fn event(kind: Kind) -> InternshipEvent {
    let (last_day, after) = (day("2026-11-30"), day("2026-12-01"));
    match kind {
        Kind::Confirm => InternshipEvent::Confirm {
            verified: true,
            certified: true,
            other_active: false,
            today: last_day,
            ends_on: last_day,
        },
        Kind::ConfirmUnverified => InternshipEvent::Confirm {
            verified: false,
            certified: false,
            other_active: true,
            today: after,
            ends_on: last_day,
        },
        Kind::ConfirmAtClosedHost => InternshipEvent::Confirm {
            verified: true,
            certified: false,
            other_active: true,
            today: after,
            ends_on: last_day,
        },
        Kind::ConfirmWithOther => InternshipEvent::Confirm {
            verified: true,
            certified: true,
            other_active: true,
            today: last_day,
            ends_on: last_day,
        },
        Kind::ConfirmTooLate => InternshipEvent::Confirm {
            verified: true,
            certified: true,
            other_active: false,
            today: after,
            ends_on: last_day,
        },
        Kind::Decline => InternshipEvent::Decline,
        Kind::Withdraw => InternshipEvent::Withdraw,
        Kind::ExpireTooEarly => InternshipEvent::Expire {
            today: last_day,
            ends_on: last_day,
        },
        Kind::Expire => InternshipEvent::Expire {
            today: after,
            ends_on: last_day,
        },
    }
}

#[test]
fn every_pair_of_internship_state_and_event_is_a_transition_or_a_named_refusal() {
    use InternshipRefusal::{
        AlreadyAnswered, HostNotCertified, IdentityNeeded, NotExpirable, NotWithdrawable, OtherActive, Over,
        PastLastDay, TakenBack,
    };
    use InternshipState::{Active, Declined, Ended, Offered, Withdrawn};
    for (state, outcomes) in [
        (
            Offered,
            [
                Ok(Active),
                Err(IdentityNeeded),
                Err(HostNotCertified),
                Err(OtherActive),
                Err(PastLastDay),
                Ok(Declined),
                Ok(Withdrawn),
                Err(NotExpirable),
                Err(NotExpirable),
            ],
        ),
        (
            Active,
            [
                Err(AlreadyAnswered),
                Err(AlreadyAnswered),
                Err(AlreadyAnswered),
                Err(AlreadyAnswered),
                Err(AlreadyAnswered),
                Err(AlreadyAnswered),
                Err(NotWithdrawable),
                Err(NotExpirable),
                Ok(Ended),
            ],
        ),
        (
            Declined,
            [
                Err(AlreadyAnswered),
                Err(AlreadyAnswered),
                Err(AlreadyAnswered),
                Err(AlreadyAnswered),
                Err(AlreadyAnswered),
                Err(AlreadyAnswered),
                Err(NotWithdrawable),
                Err(NotExpirable),
                Err(NotExpirable),
            ],
        ),
        (Withdrawn, [Err(TakenBack); 9]),
        (Ended, [Err(Over); 9]),
    ] {
        for (kind, expected) in KINDS.into_iter().zip(outcomes) {
            assert_eq!(state.step(event(kind)), expected, "{state:?} {kind:?}");
        }
    }
}

#[test]
fn every_refusal_says_what_to_do_and_every_state_keeps_its_code() {
    for refusal in [
        InternshipRefusal::AlreadyAnswered,
        InternshipRefusal::TakenBack,
        InternshipRefusal::Over,
        InternshipRefusal::OtherActive,
        InternshipRefusal::PastLastDay,
        InternshipRefusal::IdentityNeeded,
        InternshipRefusal::HostNotCertified,
        InternshipRefusal::NotWithdrawable,
        InternshipRefusal::NotExpirable,
    ] {
        assert!(refusal.label().ends_with('。'));
    }
    for state in InternshipState::ALL {
        assert_eq!(InternshipState::from_code(state.code()), Some(state));
        assert_eq!(
            serde_json::to_string(&state).unwrap(),
            format!("\"{}\"", state.code()),
            "one name everywhere"
        );
    }
    for state in CheckInState::ALL {
        assert_eq!(CheckInState::from_code(state.code()), Some(state));
        assert_eq!(
            serde_json::to_string(&state).unwrap(),
            format!("\"{}\"", state.code()),
            "one name everywhere"
        );
    }
}

proptest! {
    #[test]
    fn an_answered_internship_never_goes_back_to_waiting_for_an_answer(kinds in prop::collection::vec(0..KINDS.len(), 0..20)) {
        let mut state = InternshipState::Offered;
        let mut moves = 0;
        for kind in kinds {
            if let Ok(next) = state.step(event(KINDS[kind])) {
                prop_assert_ne!(next, InternshipState::Offered);
                state = next;
                moves += 1;
            }
        }
        prop_assert!(moves <= 2, "offered → active → ended is the longest life");
    }
}
