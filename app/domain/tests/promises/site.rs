//! Entering a site: coordinates in any order and datum, a radius in whole metres.

use crate::{HOSTILE, fields, national};
use domain::site::{NewSite, SiteForm};
use domain::{Datum, FieldErrors};
use proptest::prelude::*;

fn form() -> SiteForm {
    SiteForm {
        name: "总部办公楼".into(),
        coordinates: "27.5163, 108.2234".into(),
        datum: "wgs84".into(),
        radius: "300".into(),
    }
}

fn check(form: &SiteForm) -> Result<NewSite, FieldErrors> {
    form.check(&national())
}

fn centre(coordinates: &str) -> Result<(i64, i64), FieldErrors> {
    check(&SiteForm {
        coordinates: coordinates.into(),
        ..form()
    })
    .map(|site| site.centre.to_e7())
}

#[test]
fn coordinates_are_read_in_either_order_and_in_every_common_spelling() {
    for text in [
        "27.5163, 108.2234",
        "108.2234,27.5163",
        "108.2234，27.5163",
        "27.5163 108.2234",
        "27.5163\t108.2234",
        "27.5163、108.2234",
        "27.5163°N, 108.2234°E",
        "N27.5163 E108.2234",
        "27.5163 N, 108.2234 E",
        "北纬27.5163° 东经108.2234°",
        "经度：108.2234；纬度：27.5163",
        "(108.2234, 27.5163)",
        "+27.51630000, 108.22340000",
    ] {
        assert_eq!(centre(text), Ok((275_163_000, 1_082_234_000)), "{text}");
    }
}

#[test]
fn what_is_no_pair_of_decimal_degrees_in_china_is_refused_with_a_sentence() {
    for text in [
        "",
        "27.5163",
        "27.5163, 108.2234, 5",
        "NaN, 108.2234",
        "27.5163, inf",
        "1e9, 1e9",
        "27e1, 108.2",
        "27.5163, 27.5163",
        "108.2234, 108.2234",
        "-27.5163, 108.2234",
        "40.7128, -74.0060",
        "0, 0",
        "27°31'12\", 108°13'24\"",
        "27.5.1, 108.2",
        "1234.5, 27.5",
        ".5, 108.2",
        "27., 108.2",
        "'; DROP TABLE site;--",
        "石阡县人民政府",
        "91, 181",
        "27.5163S, 108.2234W",
    ] {
        assert_eq!(fields(centre(text)), ["coordinates"], "{text}");
    }
}

#[test]
fn a_map_coordinate_is_stored_as_wgs84_with_what_was_entered() {
    let site = check(&SiteForm {
        datum: "gcj02".into(),
        ..form()
    })
    .unwrap();
    let apart = site.centre.distance_to(check(&form()).unwrap().centre).value();
    assert!((545.0..565.0).contains(&apart), "{apart}");
    assert_eq!((site.datum, site.entered.as_str()), (Datum::Gcj02, "27.5163, 108.2234"));
}

#[test]
fn a_radius_is_whole_metres_from_50_to_2000() {
    for good in ["50", "300", " 2000 "] {
        assert!(
            check(&SiteForm {
                radius: good.into(),
                ..form()
            })
            .is_ok(),
            "{good}"
        );
    }
    for bad in ["49", "2001", "300.5", "-300", "0", "1e3", "65836", "三百"] {
        assert_eq!(
            fields(check(&SiteForm {
                radius: bad.into(),
                ..form()
            })),
            ["radius"],
            "{bad}"
        );
    }
}

#[test]
fn an_empty_form_names_every_field() {
    assert_eq!(
        fields(check(&SiteForm::default())),
        ["name", "coordinates", "datum", "radius"]
    );
}

#[test]
fn hostile_text_in_a_field_is_a_field_error_or_kept_as_text() {
    for text in HOSTILE {
        assert_eq!(
            fields(check(&SiteForm {
                coordinates: text.into(),
                ..form()
            })),
            ["coordinates"]
        );
        assert_eq!(
            fields(check(&SiteForm {
                datum: text.into(),
                ..form()
            })),
            ["datum"]
        );
        assert_eq!(
            fields(check(&SiteForm {
                radius: text.into(),
                ..form()
            })),
            ["radius"]
        );
        if let Ok(site) = check(&SiteForm {
            name: text.into(),
            ..form()
        }) {
            assert_eq!(site.name, text);
        }
    }
}

proptest! {
    #[test]
    fn any_place_in_china_is_read_the_same_in_both_orders(latitude in 30_000_000..540_000_000_i64, longitude in 730_000_000..1_360_000_000_i64) {
        let write = |e7: i64| format!("{}.{:07}", e7 / 10_000_000, e7 % 10_000_000);
        let (a, b) = (write(latitude), write(longitude));
        prop_assert_eq!(centre(&format!("{a}, {b}")), Ok((latitude, longitude)));
        prop_assert_eq!(centre(&format!("{b}，{a}")), Ok((latitude, longitude)));
    }

    #[test]
    fn no_text_makes_a_site_panic(text in any::<String>(), wild in "[0-9.,，°NE北纬东经+-]{0,30}") {
        for text in [text, wild] {
            let _ = check(&SiteForm { name: text.clone(), coordinates: text.clone(), datum: text.clone(), radius: text });
        }
    }
}
