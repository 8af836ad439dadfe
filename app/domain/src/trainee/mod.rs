//! Trainees (见习人员): registration and the own page.

mod form;
mod label;
mod view;

pub(crate) use form::living_id_card;
pub use form::{NewTrainee, RegisterForm};
pub use view::{MeView, TraineeKind};
