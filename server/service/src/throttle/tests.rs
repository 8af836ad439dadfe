//! How long who guesses waits, and that nobody else does.

use super::*;
use proptest::prelude::*;

fn empty() -> Bucket {
    Bucket {
        failures: 0,
        blocked_until: Moment::from_millis(0),
        updated_at: Moment::from_millis(0),
    }
}

#[test]
fn the_fifth_failure_brings_the_first_delay_and_each_further_one_doubles_it() {
    let now = Moment::from_millis(1_000_000_000);
    let mut bucket = empty();
    let mut delays = Vec::new();
    for _ in 0..13 {
        bucket = count(bucket, ACCOUNT, now);
        delays.push((bucket.blocked_until.millis() - now.millis()).max(0) / SECOND);
    }
    assert_eq!(delays, [0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]);
}

#[test]
fn a_whole_school_mistypes_behind_one_address_before_anybody_waits() {
    let now = Moment::from_millis(1_000_000_000);
    let mut bucket = (1..1000).fold(empty(), |bucket, _| count(bucket, SOURCE, now));
    assert!(bucket.blocked_until <= now);
    let mut delays = Vec::new();
    for _ in 0..5 {
        bucket = count(bucket, SOURCE, now);
        delays.push((bucket.blocked_until.millis() - now.millis()) / SECOND);
    }
    assert_eq!(delays, [15, 30, 60, 60, 60]);
    assert_eq!(forgive(bucket, SOURCE, now.plus_millis(5 * MINUTE)).failures, 1003 - 40);
}

#[test]
fn two_computer_rooms_register_before_anybody_waits_and_then_two_a_minute() {
    let mut now = Moment::from_millis(1_000_000_000);
    let mut bucket = (1..120).fold(empty(), |bucket, _| count(bucket, NEWCOMERS, now));
    assert!(bucket.blocked_until <= now, "the hundred and twentieth goes through");
    let mut came = 0;
    for _ in 0..60 * 60 {
        bucket = forgive(bucket, NEWCOMERS, now);
        if bucket.blocked_until <= now {
            bucket = count(bucket, NEWCOMERS, now);
            came += 1;
        }
        now = now.plus_millis(SECOND);
    }
    assert!(
        (120..=125).contains(&came),
        "{came} in an hour of people who come again at once"
    );
}

#[test]
fn what_was_not_looked_at_is_as_if_it_had_not_come() {
    let at = Moment::from_millis(1_000_000_000);
    let fourth = (0..4).fold(empty(), |bucket, _| count(bucket, ACCOUNT, at));
    let fifth = count(fourth, ACCOUNT, at);
    assert!(fifth.blocked_until > at);
    let back = without(fifth, at);
    assert_eq!((back.failures, back.blocked_until), (4, at));
    let later = at.plus_millis(15 * SECOND);
    let sixth = count(fifth, ACCOUNT, later);
    assert_eq!(
        without(sixth, at).blocked_until,
        sixth.blocked_until,
        "another try's delay stays"
    );
}

#[test]
fn time_forgives_everything_within_hours() {
    let now = Moment::from_millis(1_000_000_000);
    let bucket = (0..100).fold(empty(), |bucket, _| count(bucket, ACCOUNT, now));
    let later = bucket.blocked_until.plus_millis(3 * 60 * MINUTE);
    assert_eq!(forgive(bucket, ACCOUNT, later).failures, 0);
}

proptest! {
    #[test]
    fn no_delay_is_ever_longer_than_fifteen_minutes_and_none_that_others_share_than_one(failures in 0_i64..1_000_000) {
        let now = Moment::from_millis(1_000_000_000);
        let all = [(ACCOUNT, 15), (EVERYWHERE, 1), (SOURCE, 1), (REGISTRATIONS, 1), (NEWCOMERS, 1)];
        for (patience, longest) in all {
            let bucket = count(Bucket { failures, ..empty() }, patience, now);
            prop_assert!(bucket.blocked_until.millis() <= now.millis() + longest * MINUTE);
        }
    }
}

#[test]
fn neighbours_share_a_network_and_strangers_do_not() {
    let of = |address: &str| {
        let address = address.parse().unwrap();
        (neighbourhood(address), subscriber(address))
    };
    assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
    assert_ne!(of("2001:db8:1:2::1").0, of("2001:db8:1:3::1").0);
    assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
    assert_eq!(of("192.0.2.7").0, of("192.0.2.200").0);
    assert_ne!(
        of("192.0.2.7").1,
        of("192.0.2.200").1,
        "an address is a source of its own"
    );
    assert_ne!(of("192.0.2.7").0, of("192.0.3.7").0);
}
