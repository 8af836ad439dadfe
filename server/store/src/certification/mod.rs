//! 见习单位认证: the row of each host, the acts of agencies, and the agency's list of hosts. A host reads its own; an agency
//! reads hosts that it or an agency below certified, or that lie in their areas.

mod act;
mod row;
mod unit;

pub use act::{Act, acts, add_act, cases, last_act};
pub use row::{Certification, find, insert, save, set_standing};
pub use unit::{Reach, Unit, UnitScope, count_idle, find_unit, is_busy, units};
