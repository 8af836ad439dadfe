//! What a trainee's own page shows.

use crate::Day;
use crate::identity::IdentityState;
use serde::{Deserialize, Serialize};

/// The three groups that the programme admits (`domain.md` §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TraineeKind {
    /// 离校2年内未就业高校毕业生.
    Graduate,
    /// 中职毕业生.
    VocationalGraduate,
    /// 16–24岁失业青年.
    UnemployedYouth,
}

/// 我的: the trainee's own data, with secrets masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeView {
    /// Name.
    pub name: String,
    /// Masked ID number: first 6 and last 2 characters.
    pub id_card: String,
    /// Masked mobile number.
    pub phone: String,
    /// Group.
    pub kind: TraineeKind,
    /// School, `None` for an unemployed youth who gave none.
    pub school: Option<String>,
    /// Diploma date or unemployment registration date.
    pub kind_date: Day,
    /// Where the 实名认证 stands.
    pub identity: IdentityState,
    /// Whether an agency gave it back to be mended: the person acts now, not the agency.
    pub returned: bool,
    /// 常住地址, names from province to county.
    pub residence: String,
    /// Whether position and bank data may be used.
    pub consented_position: bool,
}
