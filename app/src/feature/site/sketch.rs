//! From a site to the shapes of its sketch, in metres from the centre.

use crate::ui::{SketchFence, SketchPoint, Tone};
use domain::LatLon;
use domain::attendance::Verdict;
use domain::site::SitePoint;
use domain::value::day_label;

/// The fence itself, in the middle of the drawing.
pub(super) fn fence(name: &str, radius_m: f64) -> SketchFence {
    let label = if name.trim().is_empty() {
        "中心".to_owned()
    } else {
        name.trim().to_owned()
    };
    SketchFence {
        east_m: 0.0,
        north_m: 0.0,
        radius_m,
        label,
    }
}

/// A check-in with the verdict that it was given.
pub(super) fn check_in(point: &SitePoint, centre: LatLon) -> SketchPoint {
    let (east_m, north_m) = point.position.offset_from(centre);
    let tone = match point.verdict {
        Verdict::Inside => Tone::Ok,
        Verdict::Uncertain => Tone::Warn,
        Verdict::Outside => Tone::Bad,
    };
    let label = [
        &point.name,
        " ",
        &day_label(point.at.day()),
        " ",
        &point.at.clock(),
        " ",
        point.verdict.label(),
    ]
    .concat();
    SketchPoint {
        east_m,
        north_m,
        accuracy_m: point.accuracy.value(),
        tone,
        label,
    }
}

/// Where this device was found, and how far off it may be.
pub(super) fn here(position: LatLon, accuracy_m: f64, centre: LatLon) -> SketchPoint {
    let (east_m, north_m) = position.offset_from(centre);
    SketchPoint {
        east_m,
        north_m,
        accuracy_m,
        tone: Tone::Info,
        label: "这台设备定位的位置".to_owned(),
    }
}

/// `27.516300`: six decimals, about 10 cm.
pub(super) fn degrees(e7: i64) -> String {
    let sign = if e7 < 0 { "-" } else { "" };
    let e6 = (e7.unsigned_abs() + 5) / 10;
    format!("{sign}{}.{:06}", e6 / 1_000_000, e6 % 1_000_000)
}

/// `27.516300, 108.223400`, as the form takes it.
pub(super) fn coordinates(position: LatLon) -> String {
    let (latitude, longitude) = position.to_e7();
    [&degrees(latitude), ", ", &degrees(longitude)].concat()
}

#[cfg(test)]
mod tests {
    use super::{coordinates, degrees};
    use domain::LatLon;

    #[test]
    fn degrees_are_written_with_six_decimals_and_their_sign() {
        assert_eq!(degrees(275_163_000), "27.516300");
        assert_eq!(degrees(-4), "-0.000000");
        assert_eq!(degrees(-1_082_234_567), "-108.223457");
    }

    #[test]
    fn what_is_written_reads_as_the_same_place() {
        let place = LatLon::parse(27.516_3, 108.223_4).unwrap();
        assert_eq!(coordinates(place), "27.516300, 108.223400");
    }
}
