//! 见习单位认证 and its life afterwards: what a host applies with, how the application stands, and what the certifying agency
//! may do with a certified host (CQ 四(三), 五(二)). Who reviews it is the review engine's matter.

mod act;
mod application;
mod form;
mod label;
mod state;
mod view;

pub use act::{NewUnitAct, UnitAct, UnitActForm};
pub use application::{Application, Need, seats_limit};
pub use form::{
    CertificationForm, FIELDS, FormGround, MENTORS, MentorRow, NEEDS, NeedRow, PlanOffer, REQUIRED, STAFF, StaffRow,
    paper_of,
};
pub use state::{CertificationEvent, CertificationRefusal, CertificationState, banned_until, idle_from, is_idle};
pub use view::{
    CertificationPage, CertificationSummary, Editable, PrintDecision, PrintStage, PrintView, UnitActView, UnitCase,
    UnitFilter, UnitList, UnitPage, UnitRow,
};
