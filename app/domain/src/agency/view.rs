//! What the screen 机构 reads.

use super::Agency;
use crate::division::Division;
use crate::{AgencyId, Day};
use serde::{Deserialize, Serialize};

/// What still hangs on an agency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ties {
    /// Hosts that it certified and that are not closed.
    pub hosts: u32,
    /// Cases that are not decided yet and need it.
    pub cases: u32,
    /// Accounts that can sign in.
    pub accounts: u32,
    /// Open agencies directly below it.
    pub below: u32,
}

impl Ties {
    /// Why the agency cannot be closed yet, and what comes first; `None` when nothing is in the way.
    #[must_use]
    pub fn refusal(self) -> Option<String> {
        let parts: Vec<String> = [
            (self.hosts, "家由它认证的单位"),
            (self.cases, "件没有办结的事项"),
            (self.accounts, "个没有停用的账号"),
            (self.below, "个下级机构"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
        (!parts.is_empty()).then(|| {
            format!(
                "现在还不能关闭：它还有 {}。请先办结、移交或停用，再来关闭。",
                parts.join("、")
            )
        })
    }
}

/// One agency of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyEntry {
    /// The agency.
    pub agency: Agency,
    /// How far below the admin's own agency, which is 0.
    pub depth: u8,
    /// Names from the province down, or 功能区.
    pub place: String,
    /// Names of its areas, in their order.
    pub areas: Vec<String>,
    /// What hangs on it.
    pub ties: Ties,
    /// Row version, for changes.
    pub version: i64,
}

/// A division that begins or ends on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedDivision {
    /// Six digits.
    pub code: String,
    /// Name with those above it.
    pub name: String,
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
}

/// Everything that the screen 机构 shows to an admin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyBoard {
    /// The admin's own agency.
    pub own: AgencyId,
    /// It and those below it, as a tree.
    pub entries: Vec<AgencyEntry>,
    /// The divisions that it may give to agencies, with the names above them.
    pub divisions: Vec<Division>,
    /// The province whose divisions this admin keeps; `None` below province level.
    pub province: Option<String>,
    /// Its divisions with a first or last day.
    pub dated: Vec<DatedDivision>,
    /// The server's day.
    pub today: Day,
}
