//! Accounts: who signs in, in which role, and what the sign-in forms check.

mod form;
mod label;
mod staff;
mod view;

pub(crate) use form::password_length;
pub use form::{ChangePasswordForm, SecondFactorForm, SignInForm};
pub use staff::{StaffEntry, StaffFilter, StaffForm, StaffPage, StaffSecret};
pub use view::{DemoSignIn, Role, Viewer};
