//! The fence verdict (`domain.md` §6).

use domain::attendance::{Fence, Verdict, judge};
use domain::{LatLon, Meters};
use proptest::prelude::*;

fn metres(value: f64) -> Meters {
    Meters::new(value).unwrap()
}

fn at(latitude: f64, longitude: f64) -> LatLon {
    LatLon::parse(latitude, longitude).unwrap()
}

fn fence(north: f64, radius: f64) -> Fence {
    Fence {
        centre: at(27.5163 + north, 108.2234),
        radius: metres(radius),
    }
}

const CLOSE_BY: f64 = 0.001; // about 111 m

#[test]
fn a_circle_that_lies_wholly_within_300_metres_is_inside_and_one_metre_more_is_uncertain() {
    let fence = fence(0.0, 300.0);
    assert_eq!(fence.verdict(metres(280.0), metres(20.0)), Verdict::Inside);
    assert_eq!(fence.verdict(metres(280.0), metres(21.0)), Verdict::Uncertain);
    assert_eq!(fence.verdict(metres(300.0), metres(0.001)), Verdict::Uncertain);
}

#[test]
fn a_circle_that_touches_the_fence_is_uncertain_and_one_wholly_beyond_is_outside() {
    let fence = fence(0.0, 300.0);
    assert_eq!(fence.verdict(metres(320.0), metres(20.0)), Verdict::Uncertain);
    assert_eq!(fence.verdict(metres(320.5), metres(20.0)), Verdict::Outside);
}

#[test]
fn an_absurd_accuracy_is_uncertain_never_a_pass() {
    assert_eq!(fence(0.0, 300.0).verdict(metres(0.0), metres(1e9)), Verdict::Uncertain);
    assert_eq!(
        fence(0.0, 300.0).verdict(metres(1e7), metres(f64::MAX)),
        Verdict::Uncertain
    );
}

#[test]
fn an_accuracy_of_zero_is_no_accuracy() {
    assert_eq!(judge(&[fence(0.0, 300.0)], at(27.5163, 108.2234), metres(0.0)), None);
}

#[test]
fn without_a_site_there_is_no_verdict() {
    assert_eq!(judge(&[], at(27.5163, 108.2234), metres(10.0)), None);
}

#[test]
fn the_best_verdict_over_all_sites_counts_then_the_nearest_site() {
    let here = at(27.5163, 108.2234);
    // Near but tiny (outside), far but wide (inside): the verdict wins over the distance.
    let best = judge(
        &[fence(CLOSE_BY, 10.0), fence(5.0 * CLOSE_BY, 2000.0)],
        here,
        metres(15.0),
    )
    .unwrap();
    assert_eq!((best.index, best.verdict), (1, Verdict::Inside));
    // Both inside: the nearer wins, wherever it stands in the list.
    let best = judge(
        &[fence(2.0 * CLOSE_BY, 2000.0), fence(CLOSE_BY, 2000.0)],
        here,
        metres(15.0),
    )
    .unwrap();
    assert_eq!((best.index, best.verdict), (1, Verdict::Inside));
    // Both outside: the nearer is shown.
    let best = judge(
        &[fence(9.0 * CLOSE_BY, 50.0), fence(8.0 * CLOSE_BY, 50.0)],
        here,
        metres(15.0),
    )
    .unwrap();
    assert_eq!((best.index, best.verdict), (1, Verdict::Outside));
}

fn fences() -> impl Strategy<Value = Vec<Fence>> {
    prop::collection::vec(
        (-0.02..0.02_f64, 50.0..2000.0_f64).prop_map(|(north, radius)| fence(north, radius)),
        1..6,
    )
}

proptest! {
    #[test]
    fn a_worse_accuracy_never_makes_a_verdict_surer(distance in 0.0..5000.0_f64, radius in 50.0..2000.0_f64, a in 0.01..3000.0_f64, b in 0.01..3000.0_f64) {
        let fence = fence(0.0, radius);
        let sharp = fence.verdict(metres(distance), metres(a.min(b)));
        let blurred = fence.verdict(metres(distance), metres(a.max(b)));
        prop_assert!(blurred == sharp || blurred == Verdict::Uncertain);
    }

    #[test]
    fn coming_nearer_never_makes_a_verdict_worse(accuracy in 0.01..3000.0_f64, radius in 50.0..2000.0_f64, a in 0.0..5000.0_f64, b in 0.0..5000.0_f64) {
        let fence = fence(0.0, radius);
        prop_assert!(fence.verdict(metres(a.min(b)), metres(accuracy)) >= fence.verdict(metres(a.max(b)), metres(accuracy)));
    }

    #[test]
    fn inside_means_that_the_whole_circle_is_inside(distance in 0.0..5000.0_f64, accuracy in 0.01..3000.0_f64, radius in 50.0..2000.0_f64) {
        match fence(0.0, radius).verdict(metres(distance), metres(accuracy)) {
            Verdict::Inside => prop_assert!(distance + accuracy <= radius),
            Verdict::Outside => prop_assert!(distance - accuracy > radius),
            Verdict::Uncertain => prop_assert!(distance + accuracy > radius && distance - accuracy <= radius),
        }
    }

    #[test]
    fn the_judgement_is_the_best_of_the_single_ones(fences in fences(), east in -0.02..0.02_f64, accuracy in 0.01..2000.0_f64) {
        let here = at(27.5163, 108.2234 + east);
        let all = judge(&fences, here, metres(accuracy)).unwrap();
        let single: Vec<_> = fences.iter().map(|fence| judge(std::slice::from_ref(fence), here, metres(accuracy)).unwrap()).collect();
        let own = single[all.index as usize];
        prop_assert_eq!((own.verdict, own.distance), (all.verdict, all.distance));
        for one in single {
            prop_assert!(one.verdict < all.verdict || (one.verdict == all.verdict && one.distance >= all.distance));
        }
    }

    #[test]
    fn one_more_site_never_makes_the_verdict_worse(mut fences in fences(), extra in fences(), accuracy in 0.01..2000.0_f64) {
        let here = at(27.5163, 108.2234);
        let before = judge(&fences, here, metres(accuracy)).unwrap().verdict;
        fences.extend(extra);
        prop_assert!(judge(&fences, here, metres(accuracy)).unwrap().verdict >= before);
    }
}
