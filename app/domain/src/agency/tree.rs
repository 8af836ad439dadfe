//! The tree of agencies as one that stands in it sees it: what is at or below it, and which divisions that covers.

use super::{Agency, Directory};
use crate::AgencyId;
use crate::division::is_county_code;

impl Directory {
    /// Whether `own` is this agency or stands above it: what an admin of `own` may touch.
    #[must_use]
    pub fn reaches(&self, own: AgencyId, id: AgencyId) -> bool {
        own == id || self.is_above(own, id)
    }

    /// `own` and everything below it with its depth from 0, each agency followed by those below it; by level, then division.
    #[must_use]
    pub fn tree(&self, own: AgencyId) -> Vec<(u8, &Agency)> {
        let mut found = Vec::new();
        if let Some(top) = self.get(own) {
            self.branch(top, 0, &mut found);
        }
        found
    }

    /// The agencies directly below.
    pub fn below(&self, id: AgencyId) -> impl Iterator<Item = &Agency> {
        self.all().iter().filter(move |agency| agency.parent == Some(id))
    }

    /// Whether it is a zone (功能区) without a division of its own: it carries the one of the agency above it, for the rules
    /// that count there, and looks after its areas alone.
    #[must_use]
    pub fn is_zone(&self, agency: &Agency) -> bool {
        !is_county_code(&agency.division)
            && agency
                .parent
                .and_then(|parent| self.get(parent))
                .is_some_and(|above| above.division == agency.division)
    }

    /// The divisions that the agency and those below it look after; whatever [lies in](lies_in) one of them, too.
    #[must_use]
    pub fn grounds(&self, own: AgencyId) -> Vec<&str> {
        let mut grounds = Vec::new();
        for (_, agency) in self.tree(own) {
            if !self.is_zone(agency) {
                grounds.push(agency.division.as_str());
            }
            grounds.extend(agency.areas.iter().map(String::as_str));
        }
        grounds
    }

    /// Whether a division lies in what the agency or one below it looks after.
    #[must_use]
    pub fn covers(&self, own: AgencyId, code: &str) -> bool {
        self.grounds(own).into_iter().any(|ground| lies_in(code, ground))
    }

    fn branch<'a>(&'a self, agency: &'a Agency, depth: u8, found: &mut Vec<(u8, &'a Agency)>) {
        found.push((depth, agency));
        // A ring of parents, which the forms refuse, would else go round for ever.
        if found.len() > self.all().len() {
            return;
        }
        let mut below: Vec<&Agency> = self.below(agency.id).collect();
        below.sort_by_key(|agency| (agency.level, &agency.division, &agency.name));
        for agency in below {
            if found.len() <= self.all().len() {
                self.branch(agency, depth.saturating_add(1), found);
            }
        }
    }
}

/// Whether a division is `upper` or lies below it, by the digits of GB/T 2260.
#[must_use]
pub fn lies_in(code: &str, upper: &str) -> bool {
    let start = upper
        .strip_suffix("0000")
        .or_else(|| upper.strip_suffix("00"))
        .unwrap_or(upper);
    code.len() == 6 && !start.is_empty() && code.starts_with(start)
}
