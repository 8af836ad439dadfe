//! Positions (WGS-84), the Chinese map datums they may be entered in, and distances on the ellipsoid.

use serde::{Deserialize, Serialize};

/// A position in WGS-84, kept to 1e-7 degrees (about 1 cm) so that phone, server and database judge the same point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(i64, i64)", into = "(i64, i64)")]
pub struct LatLon {
    latitude_e7: i32,
    longitude_e7: i32,
}

const E7: f64 = 1e7;

impl LatLon {
    /// From degrees, north and east positive.
    ///
    /// # Errors
    /// A sentence when a number is not finite or out of range.
    pub fn parse(latitude: f64, longitude: f64) -> Result<Self, &'static str> {
        if !latitude.is_finite() || !longitude.is_finite() {
            return Err("没有收到位置，请重新定位");
        }
        if latitude.abs() > 90.0 || longitude.abs() > 180.0 {
            return Err("位置超出了地球的经纬度范围，请重新定位");
        }
        // In range, so the rounded numbers fit an i32.
        Ok(Self {
            latitude_e7: (latitude * E7).round() as i32,
            longitude_e7: (longitude * E7).round() as i32,
        })
    }

    /// Degrees north.
    #[must_use]
    pub fn latitude(self) -> f64 {
        f64::from(self.latitude_e7) / E7
    }

    /// Degrees east.
    #[must_use]
    pub fn longitude(self) -> f64 {
        f64::from(self.longitude_e7) / E7
    }

    /// Latitude and longitude in 1e-7 degrees, as the database keeps them.
    #[must_use]
    pub fn to_e7(self) -> (i64, i64) {
        (i64::from(self.latitude_e7), i64::from(self.longitude_e7))
    }

    /// From 1e-7 degrees; `None` out of range.
    #[must_use]
    pub fn from_e7(latitude: i64, longitude: i64) -> Option<Self> {
        if !(-900_000_000..=900_000_000).contains(&latitude) || !(-1_800_000_000..=1_800_000_000).contains(&longitude) {
            return None;
        }
        Some(Self {
            latitude_e7: i32::try_from(latitude).ok()?,
            longitude_e7: i32::try_from(longitude).ok()?,
        })
    }

    /// From degrees in another datum.
    ///
    /// # Errors
    /// A sentence when a number is not finite or out of range.
    pub fn from_datum(datum: Datum, latitude: f64, longitude: f64) -> Result<Self, &'static str> {
        let entered = Self::parse(latitude, longitude)?;
        let (longitude, latitude) = match datum {
            Datum::Wgs84 => return Ok(entered),
            Datum::Gcj02 => coordtransform::gcj02_to_wgs84_in_mainland(longitude, latitude),
            Datum::Bd09 => {
                let (longitude, latitude) = coordtransform::bd09_to_gcj02(longitude, latitude);
                coordtransform::gcj02_to_wgs84_in_mainland(longitude, latitude)
            }
        };
        Self::parse(latitude, longitude)
    }

    /// Distance along the WGS-84 ellipsoid. A phone only says beforehand what the server will judge, and its answer is the
    /// same within a centimetre up to 5 km: the general solution would be a thirtieth of its whole download.
    #[must_use]
    pub fn distance_to(self, other: Self) -> Meters {
        #[cfg(not(target_arch = "wasm32"))]
        let metres = self.geodesic(other);
        #[cfg(target_arch = "wasm32")]
        let metres = self.flat_distance_to(other);
        Meters(if metres.is_finite() { metres.max(0.0) } else { f64::MAX })
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn geodesic(self, other: Self) -> f64 {
        use geographiclib_rs::{Geodesic, InverseGeodesic};
        Geodesic::wgs84().inverse(self.latitude(), self.longitude(), other.latitude(), other.longitude())
    }

    /// Distance in metres on the ellipsoid's own curvature halfway: a phone's [`distance_to`](Self::distance_to).
    #[must_use]
    pub fn flat_distance_to(self, other: Self) -> f64 {
        let (east, north) = other.offset_from(self);
        (east * east + north * north).sqrt()
    }

    /// How many metres east and north of `origin` this lies: a flat sketch, good within a few kilometres.
    #[must_use]
    pub fn offset_from(self, origin: Self) -> (f64, f64) {
        const AXIS: f64 = 6_378_137.0;
        const ECCENTRICITY_SQUARED: f64 = 0.006_694_379_990_14;
        let middle = ((self.latitude() + origin.latitude()) / 2.0).to_radians();
        let sine = sine(middle);
        let shape = 1.0 - ECCENTRICITY_SQUARED * sine * sine;
        let east_radius = AXIS / shape.sqrt() * (1.0 - sine * sine).max(0.0).sqrt();
        let north_radius = AXIS * (1.0 - ECCENTRICITY_SQUARED) / (shape * shape.sqrt());
        let mut east = self.longitude() - origin.longitude();
        if east.abs() > 180.0 {
            east -= 360.0_f64.copysign(east);
        }
        (
            east.to_radians() * east_radius,
            (self.latitude() - origin.latitude()).to_radians() * north_radius,
        )
    }
}

/// The sine of an angle within ±90°, by its series. `f64::sin` would bring the reduction of any number of turns to the phone.
fn sine(angle: f64) -> f64 {
    let mut term = angle;
    let mut sum = angle;
    for step in 1..=12 {
        let step = 2.0 * f64::from(step);
        term *= -angle * angle / (step * (step + 1.0));
        sum += term;
    }
    sum
}

impl TryFrom<(i64, i64)> for LatLon {
    type Error = &'static str;

    fn try_from((latitude, longitude): (i64, i64)) -> Result<Self, &'static str> {
        Self::from_e7(latitude, longitude).ok_or("位置超出了地球的经纬度范围")
    }
}

impl From<LatLon> for (i64, i64) {
    fn from(position: LatLon) -> Self {
        position.to_e7()
    }
}

/// A distance in metres: finite and never negative.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Meters(f64);

impl Meters {
    /// From metres; `None` when not finite or below zero.
    #[must_use]
    pub fn new(metres: f64) -> Option<Self> {
        (metres.is_finite() && metres >= 0.0).then_some(Self(metres))
    }

    /// In metres.
    #[must_use]
    pub const fn value(self) -> f64 {
        self.0
    }

    /// From whole centimetres, as the database keeps them; its checks forbid negative ones, which read as 0.
    #[must_use]
    pub fn from_cm(centimetres: i64) -> Self {
        Self(centimetres.max(0) as f64 / 100.0)
    }

    /// In whole centimetres.
    #[must_use]
    pub fn to_cm(self) -> i64 {
        (self.0 * 100.0).round() as i64
    }

    /// `83 米`, from 1 km on `1.9 公里`, from 100 km on `283 公里`.
    #[must_use]
    pub fn label(self) -> String {
        let metres = self.0.round() as u64;
        if metres < 1000 {
            return format!("{metres} 米");
        }
        let tenths = (self.0 / 100.0).round() as u64;
        if tenths < 1000 {
            format!("{}.{} 公里", tenths / 10, tenths % 10)
        } else {
            format!("{} 公里", tenths.saturating_add(5) / 10)
        }
    }
}

impl TryFrom<f64> for Meters {
    type Error = &'static str;

    fn try_from(metres: f64) -> Result<Self, &'static str> {
        Self::new(metres).ok_or("距离不能是负数")
    }
}

impl From<Meters> for f64 {
    fn from(distance: Meters) -> Self {
        distance.0
    }
}

/// What coordinates refer to. Chinese maps show GCJ-02 or BD-09, phones give WGS-84; around 石阡 they differ by 555 m.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Datum {
    /// GPS, 天地图 (CGCS2000 is the same within centimetres).
    Wgs84,
    /// 高德, 腾讯.
    Gcj02,
    /// 百度.
    Bd09,
}

impl Datum {
    /// All datums, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Gcj02, Self::Bd09, Self::Wgs84];

    /// Where such coordinates come from, in words of the operator.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Wgs84 => "手机定位 / 天地图（WGS-84）",
            Self::Gcj02 => "高德、腾讯地图（GCJ-02）",
            Self::Bd09 => "百度地图（BD-09）",
        }
    }

    /// The name in forms and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
        }
    }

    /// The datum with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|datum| datum.code() == code)
    }
}
