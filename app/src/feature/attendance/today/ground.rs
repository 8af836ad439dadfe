//! What a reading of the device means for a check-in: well formed, and judged by the fences of one internship.

use domain::attendance::{CheckInForm, Fence, SiteFence, Verdict, judge};
use domain::{CheckInId, InternshipId, LatLon, Meters, Moment};

/// Where one may check in.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    /// The internship that the check-in belongs to.
    pub internship: InternshipId,
    /// Its allowed sites.
    pub sites: Vec<SiteFence>,
}

/// A well-formed position with its verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    position: LatLon,
    /// Accuracy of the position.
    pub accuracy: Meters,
    /// Name of the site that it was judged by.
    pub site: String,
    /// Distance to that site's centre.
    pub distance: Meters,
    /// Verdict.
    pub verdict: Verdict,
}

impl Ground {
    /// Judges a raw reading; `None` for a malformed one, which never passes. The accuracy is rounded up to whole
    /// centimetres: a short number is the same number again after it was kept as text, so a retry stays the same record.
    #[must_use]
    pub fn judge(&self, latitude: f64, longitude: f64, accuracy: f64) -> Option<Fix> {
        let position = LatLon::parse(latitude, longitude).ok()?;
        let accuracy = Meters::new((accuracy * 100.0).ceil() / 100.0)?;
        let fences: Vec<Fence> = self
            .sites
            .iter()
            .map(|site| Fence {
                centre: site.centre,
                radius: site.radius,
            })
            .collect();
        let judgement = judge(&fences, position, accuracy)?;
        let site = self.sites.get(usize::try_from(judgement.index).ok()?)?;
        Some(Fix {
            position,
            accuracy,
            site: site.name.clone(),
            distance: judgement.distance,
            verdict: judgement.verdict,
        })
    }

    /// The check-in that goes to the server.
    #[must_use]
    pub fn form(&self, id: CheckInId, fix: &Fix, reason: &str, now: Moment) -> CheckInForm {
        CheckInForm {
            id,
            internship: self.internship,
            device_time: now.millis(),
            latitude: fix.position.latitude(),
            longitude: fix.position.longitude(),
            accuracy: fix.accuracy.value(),
            reason: reason.trim().to_owned(),
        }
    }
}

/// Why there is no usable position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The person or the system refused.
    Denied,
    /// Plain http.
    Insecure,
    /// The device finds none.
    Unavailable,
    /// None arrived in time.
    TimedOut,
    /// Only a rough one.
    Imprecise,
}
