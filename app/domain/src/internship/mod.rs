//! Internships (见习关系): from a host's offer to the end.

mod form;
mod label;
mod state;
mod view;

pub use form::{DeclineForm, NewOffer, OfferForm};
pub use state::{InternshipEvent, InternshipRefusal, InternshipState};
pub use view::{OfferView, RosterEntry};
