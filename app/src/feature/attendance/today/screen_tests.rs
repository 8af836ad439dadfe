use super::*;
use domain::attendance::{CheckInState, CheckInView, SiteFence, TodayInternship, Verdict};
use domain::identity::IdentityState;
use domain::internship::{InternshipState, OfferView};
use domain::value::parse_day;
use domain::{CheckInId, Day, Fen, InternshipId, LatLon, Meters, SiteId, Week};
use uuid::Uuid;

fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

fn internship() -> TodayInternship {
    let week = Week::of(day("2026-11-19")).days().map(|day| WeekDay {
        day,
        mark: if day.day() == 16 {
            WeekDayMark::Counted
        } else {
            WeekDayMark::Open
        },
        is_today: day.day() == 19,
    });
    TodayInternship {
        id: InternshipId::new(Uuid::from_u128(7)),
        host: "贵州云上数据服务有限公司".into(),
        post: "数据标注岗".into(),
        week_number: 9,
        starts_on: day("2026-09-21"),
        ends_on: day("2027-03-20"),
        sites: vec![SiteFence {
            id: SiteId::new(Uuid::from_u128(8)),
            name: "观山湖办公区".into(),
            centre: LatLon::parse(26.647, 106.6302).unwrap(),
            radius: Meters::new(300.0).unwrap(),
        }],
        week: week.to_vec(),
        quota: WeekQuota {
            required: 2,
            counted: 1,
        },
        today: Vec::new(),
    }
}

fn view_with(internship: Option<TodayInternship>) -> TodayView {
    let today = day("2026-11-19");
    TodayView {
        as_of: Moment::at(today, 9, 2),
        today,
        name: "杨晓雨".into(),
        identity: IdentityState::Verified,
        returned: false,
        consented_position: true,
        internship,
        offers: Vec::new(),
    }
}

fn html(first: TodayView) -> String {
    let owner = Owner::new();
    owner.with(|| view! { <TodayScreen first/> }.to_html())
}

#[test]
fn today_answers_in_one_look() {
    let html = html(view_with(Some(internship())));
    for words in [
        "贵州云上数据服务有限公司 · 数据标注岗",
        "早上好",
        "杨晓雨",
        "第 9 周",
        "还差 1 次",
        "周一，已签到",
        "09:02",
    ] {
        assert!(html.contains(words), "{words} in {html}");
    }
    assert!(!html.contains("aria-disabled"), "the button can be pressed");
}

#[test]
fn without_a_consent_there_is_no_button_to_check_in_but_one_to_agree() {
    let html = html(TodayView {
        consented_position: false,
        ..view_with(Some(internship()))
    });
    assert!(html.contains("同意使用定位") && html.contains("/api/trainee/set_consent"));
    assert!(!html.contains("punch-button"));
}

#[test]
fn without_an_internship_it_says_who_takes_the_next_step() {
    let none = html(view_with(None));
    assert!(none.contains("还没有见习单位") && none.contains("经办人"));
    let offer = OfferView {
        id: InternshipId::new(Uuid::from_u128(5)),
        host: "石阡县茶业有限公司".into(),
        post: "质检岗".into(),
        sites: vec!["厂区".into()],
        starts_on: day("2026-12-01"),
        ends_on: day("2027-02-28"),
        months: 3,
        allowance: Fen::from_fen(210_000).unwrap(),
        state: InternshipState::Offered,
        offered_at: Moment::at(day("2026-11-18"), 9, 0),
        version: 1,
    };
    let offered = html(TodayView {
        offers: vec![offer],
        ..view_with(None)
    });
    assert!(offered.contains("/offer/00000000-0000-0000-0000-000000000005") && offered.contains("¥2,100.00"));
    assert!(!offered.contains("还没有见习单位"));
}

#[test]
fn a_returned_identity_says_that_the_person_acts_next() {
    let screen = |returned| {
        html(TodayView {
            identity: IdentityState::Manual,
            returned,
            ..view_with(None)
        })
    };
    let (returned, waits) = (screen(true), screen(false));
    assert!(returned.contains("实名认证被退回，请补正") && returned.contains("去补正"));
    assert!(waits.contains("实名认证：人工审核中") && !waits.contains("补正"));
}

#[test]
fn before_the_first_and_after_the_last_day_the_button_rests_and_says_why() {
    let later = TodayInternship {
        starts_on: day("2026-11-23"),
        ..internship()
    };
    let over = TodayInternship {
        ends_on: day("2026-11-18"),
        ..internship()
    };
    for (internship, words) in [
        (later, "见习从 11月23日 周一 开始"),
        (over, "见习已在 11月18日 周三 结束"),
    ] {
        let html = html(view_with(Some(internship)));
        assert!(html.contains(words) && html.contains("punch-button blocked"), "{html}");
    }
}

#[test]
fn a_waiting_check_in_says_who_acts_next_and_a_counted_one_ends_the_day() {
    let mut check_in = CheckInView {
        id: CheckInId::new(Uuid::from_u128(3)),
        at: Moment::at(day("2026-11-19"), 8, 55),
        site: "观山湖办公区".into(),
        distance: Meters::new(83.0).unwrap(),
        accuracy: Meters::new(12.0).unwrap(),
        verdict: Verdict::Uncertain,
        state: CheckInState::Waiting,
        reason: Some("<b>在三楼机房</b>".into()),
        note: None,
        version: 1,
    };
    let waiting = html(view_with(Some(TodayInternship {
        today: vec![check_in.clone()],
        ..internship()
    })));
    assert!(waiting.contains("等单位确认") && waiting.contains("单位确认后计入当周"));
    assert!(!waiting.contains("<b>在三楼"), "what people type is text, never markup");
    assert!(!waiting.contains("punch-button done"));
    check_in.state = CheckInState::Valid;
    let counted = html(view_with(Some(TodayInternship {
        today: vec![check_in],
        ..internship()
    })));
    assert!(counted.contains("punch-button done"));
}

#[test]
fn an_identity_that_is_not_through_is_named_with_the_way_to_it_and_a_proven_one_is_not() {
    for state in IdentityState::ALL {
        let html = html(TodayView {
            identity: state,
            ..view_with(Some(internship()))
        });
        assert_eq!(
            html.contains("/me/identity"),
            state != IdentityState::Verified,
            "{state:?}"
        );
        assert!(html.contains("punch-button"), "a check-in never waits for it");
    }
}
