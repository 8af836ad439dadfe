//! Positions: WGS-84 inside, Chinese datums at the door (`domain.md` §9); out of range or NaN is refused (§6).

use domain::{Datum, LatLon, Meters};
use proptest::prelude::*;

/// 石阡.
const SHIQIAN: (f64, f64) = (27.5163, 108.2234);

fn at((latitude, longitude): (f64, f64)) -> LatLon {
    LatLon::parse(latitude, longitude).unwrap()
}

#[test]
fn numbers_out_of_range_and_not_a_number_are_refused() {
    for bad in [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        1e9,
        -1e9,
        180.000_001,
        f64::MAX,
    ] {
        assert!(
            LatLon::parse(bad, 108.0).is_err() && LatLon::parse(27.0, bad).is_err(),
            "{bad}"
        );
    }
    assert!(LatLon::parse(90.000_001, 0.0).is_err());
    assert!(LatLon::parse(-90.0, -180.0).is_ok());
}

#[test]
fn a_position_out_of_range_is_refused_on_the_wire_too() {
    assert!(serde_json::from_str::<LatLon>("[900000001,0]").is_err());
    assert!(serde_json::from_str::<LatLon>("[0,9223372036854775807]").is_err());
    let text = serde_json::to_string(&at(SHIQIAN)).unwrap();
    assert_eq!(serde_json::from_str::<LatLon>(&text).unwrap(), at(SHIQIAN));
}

#[test]
fn around_shiqian_gcj02_and_wgs84_differ_by_555_metres() {
    let read_as_map = LatLon::from_datum(Datum::Gcj02, SHIQIAN.0, SHIQIAN.1).unwrap();
    let apart = at(SHIQIAN).distance_to(read_as_map).value();
    assert!((545.0..565.0).contains(&apart), "{apart}");
}

#[test]
fn baidu_coordinates_come_back_to_the_same_place() {
    let (longitude, latitude) = coordtransform::wgs84_to_bd09(SHIQIAN.1, SHIQIAN.0);
    let back = LatLon::from_datum(Datum::Bd09, latitude, longitude).unwrap();
    assert!(back.distance_to(at(SHIQIAN)).value() < 0.1);
}

#[test]
fn distances_follow_the_ellipsoid() {
    // One degree of latitude at 27.5°N on WGS-84: 110 794 m; the degree from equator to 1°N: 110 574.4 m.
    assert!((at((0.0, 0.0)).distance_to(at((1.0, 0.0))).value() - 110_574.4).abs() < 0.1);
    // Opposite points of the earth must not fail.
    assert!(at((0.0, 0.0)).distance_to(at((0.0, 180.0))).value() > 19_900_000.0);
}

#[test]
fn distances_are_labelled_for_people() {
    for (metres, label) in [
        (0.0, "0 米"),
        (82.6, "83 米"),
        (999.4, "999 米"),
        (999.6, "1.0 公里"),
        (1_940.0, "1.9 公里"),
        (282_600.0, "283 公里"),
    ] {
        assert_eq!(Meters::new(metres).unwrap().label(), label);
    }
}

#[test]
fn a_distance_is_finite_and_never_negative() {
    for bad in [f64::NAN, f64::INFINITY, -0.1] {
        assert!(Meters::new(bad).is_none());
    }
    assert!(serde_json::from_str::<Meters>("-1").is_err());
    assert_eq!(Meters::from_cm(8_345).to_cm(), 8_345);
    assert_eq!(Meters::new(f64::MAX).unwrap().to_cm(), i64::MAX);
    let _ = Meters::new(f64::MAX).unwrap().label();
}

#[test]
fn every_datum_has_its_code() {
    for datum in Datum::ALL {
        assert_eq!(Datum::from_code(datum.code()), Some(datum));
    }
    assert_eq!(Datum::from_code("WGS84"), None);
}

proptest! {
    #[test]
    fn a_position_survives_the_database(latitude in -90.0..=90.0_f64, longitude in -180.0..=180.0_f64) {
        let position = at((latitude, longitude));
        let (latitude_e7, longitude_e7) = position.to_e7();
        prop_assert_eq!(LatLon::from_e7(latitude_e7, longitude_e7), Some(position));
        prop_assert!((position.latitude() - latitude).abs() <= 0.5e-7 + f64::EPSILON * 90.0);
    }

    #[test]
    fn gcj02_of_anywhere_in_the_four_provinces_comes_back_within_a_decimetre(latitude in 24.0..46.0_f64, longitude in 103.0..131.0_f64) {
        let (map_longitude, map_latitude) = coordtransform::wgs84_to_gcj02_in_mainland(longitude, latitude);
        let back = LatLon::from_datum(Datum::Gcj02, map_latitude, map_longitude).unwrap();
        prop_assert!(back.distance_to(at((latitude, longitude))).value() < 0.1);
    }

    #[test]
    fn the_sketch_agrees_with_the_ellipsoid_near_a_site(north in -0.02..0.02_f64, east in -0.02..0.02_f64) {
        let (origin, other) = (at(SHIQIAN), at((SHIQIAN.0 + north, SHIQIAN.1 + east)));
        let (east_m, north_m) = other.offset_from(origin);
        let distance = origin.distance_to(other).value();
        prop_assert!((east_m.hypot(north_m) - distance).abs() <= 0.02 + distance * 0.001);
    }

    #[test]
    fn a_phone_measures_what_the_server_measures(latitude in 15.0..55.0_f64, north in -0.045..0.045_f64, east in -0.045..0.045_f64) {
        let (site, person) = (at((latitude, 106.6)), at((latitude + north, 106.6 + east)));
        let difference = site.flat_distance_to(person) - site.distance_to(person).value();
        prop_assert!(difference.abs() < 0.01, "{difference} m");
    }

    #[test]
    fn distance_is_the_same_both_ways(a in (-90.0..=90.0_f64, -180.0..=180.0_f64), b in (-90.0..=90.0_f64, -180.0..=180.0_f64)) {
        let there = at(a).distance_to(at(b)).value();
        prop_assert!((there - at(b).distance_to(at(a)).value()).abs() < 1e-3);
    }

    #[test]
    fn no_number_makes_a_position_panic(latitude in any::<f64>(), longitude in any::<f64>()) {
        for datum in Datum::ALL {
            let _ = LatLon::from_datum(datum, latitude, longitude);
        }
    }
}
