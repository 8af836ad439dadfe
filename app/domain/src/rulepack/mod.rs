//! Rule packs: what differs between regions and every number of `domain.md` §7. A pack is a dated, versioned document of a
//! region that holds only what differs from the region above; the built-in ones stand under `app/domain/rules/`, no number
//! stands in code. Reading TOML is the service's.

mod check;
mod field;
mod label;
mod merge;
mod pack;
mod region;
mod simulate;
mod view;

pub use check::{Contradiction, Ground, Header, KnownVersion, check, contradictions};
pub use field::{Field, FieldKind};
pub use label::{FIELDS, HEAD};
pub use merge::Fields;
pub use pack::RulePack;
pub use region::{NATIONAL, is_region, level, may_change, path};
pub use simulate::{Answer, MatterKind, Question, SimulatedStage, SimulatedWay, Simulation, SimulationForm, simulate};
pub use view::{
    ComparedField, Comparison, Difference, NewVersionStart, RegionLine, RegionView, RulesView, VersionLine,
};

/// National defaults: every field.
pub const NATIONAL_TOML: &str = include_str!("../../rules/national.toml");
/// 贵州.
pub const GUIZHOU_TOML: &str = include_str!("../../rules/guizhou-520000.toml");
/// 山东.
pub const SHANDONG_TOML: &str = include_str!("../../rules/shandong-370000.toml");
/// 吉林.
pub const JILIN_TOML: &str = include_str!("../../rules/jilin-220000.toml");
/// 重庆.
pub const CHONGQING_TOML: &str = include_str!("../../rules/chongqing-500000.toml");
/// The provinces with a built-in pack: division code and document.
pub const PROVINCES: [(&str, &str); 4] = [
    ("520000", GUIZHOU_TOML),
    ("370000", SHANDONG_TOML),
    ("220000", JILIN_TOML),
    ("500000", CHONGQING_TOML),
];
