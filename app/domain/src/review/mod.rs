//! The one review engine (`domain.md` §4): what is decided, by which agencies in which order and by when. It knows no subject's
//! facts: a feature that needs a decision registers its kind of case and gets chain, due dates, return and history from here.

mod kind;
pub mod route;
mod stage;

pub use kind::CaseKind;
pub use route::{Matter, Plan, Route, RouteRefusal, RoutedStage, route};
pub use stage::StagePurpose;
