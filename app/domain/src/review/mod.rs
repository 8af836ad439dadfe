//! The one review engine (`domain.md` §4): what is decided, by which agencies in which order and by when. It knows no subject's
//! facts: a feature that needs a decision registers its kind of case and gets chain, due dates, return and history from here.

mod form;
mod kind;
mod label;
mod route;
mod snapshot;
mod stage;
mod state;
mod view;

pub use form::{
    DecisionForm, DecisionGround, DecisionRecord, INSPECTION_PHOTOS, NewDecision, Proof, Verdict, is_bulk_safe,
    needs_record,
};
pub use kind::CaseKind;
pub use route::{Matter, Plan, Route, RouteRefusal, RoutedStage, route};
pub use snapshot::{Fact, PaperFact, Snapshot};
pub use stage::StagePurpose;
pub use state::{CaseEvent, CaseRefusal, CaseState, Progress};
pub use view::{
    BulkOutcome, CaseView, Check, CheckResult, Count, DecisionView, Due, FactView, May, MovedDue, PaperView, QueueBox,
    QueueFilter, QueueRow, QueueView, StageView, Standing,
};
