//! What the screens 规则包 read.

use crate::{Day, Moment};
use serde::{Deserialize, Serialize};

/// One field in which a region differs from what it inherits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Name in the document.
    pub field: String,
    /// Chinese name.
    pub label: String,
    /// What counts here, in words.
    pub here: String,
    /// What would be inherited, in words.
    pub above: String,
    /// The remark in the document, or else where the rule comes from in general.
    pub source: String,
}

/// One version of a region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionLine {
    /// Its name.
    pub version: String,
    /// First day on which it counts.
    pub valid_from: Day,
    /// The last day, where a later version is known.
    pub valid_to: Option<Day>,
    /// Since when it is known.
    pub created_at: Moment,
    /// Who added it; nobody for a built-in one.
    pub created_by: Option<String>,
}

impl VersionLine {
    /// Whether it counts on a day.
    #[must_use]
    pub fn counts_on(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// One region on the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionLine {
    /// Its code.
    pub region: String,
    /// Its name.
    pub name: String,
    /// The version that counts today; none where the first one still waits.
    pub current: Option<VersionLine>,
    /// The version that will count next.
    pub next: Option<VersionLine>,
    /// In how many fields it differs from what it inherits today.
    pub differences: u32,
}

/// The list of regions with rules of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesView {
    /// Today by the server's clock.
    pub today: Day,
    /// The whole country first, then by code.
    pub regions: Vec<RegionLine>,
    /// Whether the person may add versions for some region.
    pub may_change: bool,
}

/// One region with its history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionView {
    /// Its code.
    pub region: String,
    /// Its name.
    pub name: String,
    /// Today by the server's clock.
    pub today: Day,
    /// All versions, the newest first; none for a region without rules of its own.
    pub versions: Vec<VersionLine>,
    /// In what it differs today.
    pub differences: Vec<Difference>,
    /// The regions that it inherits from, the nearest first: code and name.
    pub above: Vec<(String, String)>,
    /// The document that counts today, or the last one.
    pub document: String,
    /// Whether the person may add a version here.
    pub may_change: bool,
}

/// One field of two versions side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedField {
    /// Name in the document.
    pub field: String,
    /// Chinese name.
    pub label: String,
    /// Left, in words.
    pub left: String,
    /// Right, in words.
    pub right: String,
    /// Where the rule comes from.
    pub source: String,
}

impl ComparedField {
    /// Whether the two differ.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.left != self.right
    }
}

/// Two versions side by side, each with what it inherits on its first day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Every version that can be chosen: `520000@2026-1` and its name in words.
    pub choices: Vec<(String, String)>,
    /// The left one: `520000@2026-1`.
    pub left: String,
    /// The right one.
    pub right: String,
    /// Every field, in the order of the documents.
    pub fields: Vec<ComparedField>,
}

/// What the form for a new version begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewVersionStart {
    /// The region.
    pub region: String,
    /// Its name.
    pub name: String,
    /// The last document with a new version name and the earliest day.
    pub document: String,
    /// The first day from which a new version may count.
    pub earliest: Day,
    /// Every field that a document may set: name, Chinese name, what it must hold.
    pub fields: Vec<(String, String, String)>,
}
