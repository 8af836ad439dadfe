//! What the demo knows of a place: agencies, hosts and sites of a province; the four are in `province`.

use domain::account::Role;
use domain::agency::AgencyLevel;
use domain::{Datum, Fen};

/// A province of the demo.
pub(super) struct Province {
    /// What the sign-in names begin with.
    pub(super) short: &'static str,
    /// From the province down; the first is the province's own.
    pub(super) agencies: &'static [Agency],
    /// More agencies: made after everything else, so that the people of the demo stay who they are.
    pub(super) more_agencies: &'static [Agency],
    /// More staff who can sign in, by the position of their agency in both lists.
    pub(super) more_staff: &'static [AgencyStaff],
    /// The first host is the one that is shown.
    pub(super) hosts: &'static [Host],
    /// Schools of its people.
    pub(super) schools: &'static [&'static str],
    /// What its people's families are called.
    pub(super) surnames: &'static [&'static str],
    /// Division codes on ID cards.
    pub(super) card_prefixes: &'static [&'static str],
}

/// An agency.
pub(super) struct Agency {
    pub(super) name: &'static str,
    pub(super) level: AgencyLevel,
    pub(super) division: &'static str,
    /// Position of the agency above, in the same list.
    pub(super) parent: Option<usize>,
    /// The reviewer who can sign in.
    pub(super) reviewer: Option<&'static str>,
}

/// A member of staff of an agency who can sign in.
pub(super) struct AgencyStaff {
    pub(super) agency: usize,
    pub(super) role: Role,
    /// What the sign-in name ends with.
    pub(super) login: &'static str,
    pub(super) name: &'static str,
}

/// A certified host.
pub(super) struct Host {
    pub(super) name: &'static str,
    pub(super) division: &'static str,
    pub(super) address: &'static str,
    /// Position of the certifying agency.
    pub(super) agency: usize,
    pub(super) operator: &'static str,
    pub(super) sites: &'static [Site],
    pub(super) posts: &'static [&'static str],
    /// Names that must appear; the rest is made up.
    pub(super) people: &'static [&'static str],
    /// How many are active.
    pub(super) active: usize,
    /// Full weeks since the active ones began.
    pub(super) weeks: i32,
    /// Yuan a month.
    pub(super) allowance: i64,
    /// Where its people live: code and detail.
    pub(super) home: (&'static str, &'static str),
}

/// A site with its fence.
pub(super) struct Site {
    pub(super) name: &'static str,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) datum: Datum,
    pub(super) radius: f64,
}

impl Host {
    pub(super) fn allowance(&self) -> Option<Fen> {
        Fen::from_fen(self.allowance * 100)
    }
}

pub(super) const fn agency(
    name: &'static str,
    level: AgencyLevel,
    division: &'static str,
    parent: Option<usize>,
    reviewer: Option<&'static str>,
) -> Agency {
    Agency {
        name,
        level,
        division,
        parent,
        reviewer,
    }
}

pub(super) const fn staff(agency: usize, role: Role, login: &'static str, name: &'static str) -> AgencyStaff {
    AgencyStaff {
        agency,
        role,
        login,
        name,
    }
}

pub(super) const fn site(name: &'static str, latitude: f64, longitude: f64, datum: Datum, radius: f64) -> Site {
    Site {
        name,
        latitude,
        longitude,
        datum,
        radius,
    }
}
