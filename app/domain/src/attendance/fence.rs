//! The fence (CQ 三(一)1; `domain.md` §6): three verdicts that respect the accuracy, the best over all allowed sites counts.

use crate::{LatLon, Meters};
use serde::{Deserialize, Serialize};

/// What a position says about presence, worst first, so that the best is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Surely beyond the radius.
    Outside,
    /// The accuracy leaves it open.
    Uncertain,
    /// Surely within the radius.
    Inside,
}

/// A circle around a site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fence {
    /// Centre.
    pub centre: LatLon,
    /// Radius.
    pub radius: Meters,
}

/// The verdict of the best site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// Which of the fences.
    pub index: u32,
    /// Distance to its centre.
    pub distance: Meters,
    /// Verdict.
    pub verdict: Verdict,
}

impl Fence {
    /// distance + accuracy ≤ radius is inside, distance − accuracy > radius is outside, all else uncertain.
    #[must_use]
    pub fn verdict(&self, distance: Meters, accuracy: Meters) -> Verdict {
        if distance.value() + accuracy.value() <= self.radius.value() {
            Verdict::Inside
        } else if distance.value() - accuracy.value() > self.radius.value() {
            Verdict::Outside
        } else {
            Verdict::Uncertain
        }
    }
}

/// Judges a position by every fence: the best verdict counts, among equals the nearest site, then the first.
/// `None` without a fence, and for an accuracy of 0, which no device can have and which must never pass.
#[must_use]
pub fn judge(fences: &[Fence], position: LatLon, accuracy: Meters) -> Option<Judgement> {
    if accuracy.value() <= 0.0 {
        return None;
    }
    let mut best: Option<Judgement> = None;
    for (index, fence) in (0_u32..).zip(fences) {
        let distance = fence.centre.distance_to(position);
        let verdict = fence.verdict(distance, accuracy);
        let better =
            best.is_none_or(|best| verdict > best.verdict || (verdict == best.verdict && distance < best.distance));
        if better {
            best = Some(Judgement {
                index,
                distance,
                verdict,
            });
        }
    }
    best
}
