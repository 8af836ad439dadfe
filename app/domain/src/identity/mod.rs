//! 实名认证 of a person or of a host: checked automatically where that is possible, otherwise by an agency's hand. Nothing
//! else opens before it is done (GZ 二: 只有通过了实名认证的单位和个人才能进入后续的业务流程).

mod label;
mod state;

pub use state::{IdentityEvent, IdentityRefusal, IdentityState};
