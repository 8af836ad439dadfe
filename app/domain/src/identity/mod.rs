//! 实名认证 of a person or of a host: checked automatically where that is possible, otherwise by an agency's hand. Nothing
//! else opens before it is done (GZ 二: 只有通过了实名认证的单位和个人才能进入后续的业务流程).

mod form;
mod label;
mod state;
mod view;

pub use form::{IdentityChange, IdentityForm, IdentityGround, PERSON_FIELDS, PHOTOS};
pub use label::{stands, why_not_confirm};
pub use state::{IdentityEvent, IdentityRefusal, IdentityState};
pub use view::PersonIdentityView;
