//! Cases, their stages, sealed snapshots and decisions. Every read carries whose case it must be: the agency's own or one
//! below it, the host's or the trainee's.

mod case;
mod decision;
mod queue;
mod stage;

pub use case::{Case, Subject, escalate, find_for_agency, insert, latest_of, open_after, overdue, save, set_due};
pub use decision::{Decision, SnapshotRow, add_decision, add_snapshot, decisions, snapshot};
pub use queue::{Cursor, QueueScope, count, page, statement, undecided};
pub use stage::{Stage, insert_stages, leave_after, pass_stage, reach_stage, replace_stages, stages};
