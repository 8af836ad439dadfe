//! Agencies (人社部门): who reviews where. An agency has its own id, because some (两江新区, 高新区) are no division; the
//! divisions that it looks after are its areas.

mod directory;
mod form;
mod label;
mod tree;
mod view;

pub use directory::{Agency, Directory};
pub use form::AgencyForm;
pub use tree::lies_in;
pub use view::{AgencyBoard, AgencyEntry, DatedDivision, Ties};

use serde::{Deserialize, Serialize};

/// Which level an agency works at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgencyLevel {
    /// 省.
    Province,
    /// 市.
    City,
    /// 县.
    County,
}
