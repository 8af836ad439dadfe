//! Accounts: who signs in, in which role, and what the sign-in forms check.

mod form;
mod label;
mod view;

pub(crate) use form::password_length;
pub use form::{ChangePasswordForm, SecondFactorForm, SignInForm};
pub use view::{DemoSignIn, Role, Viewer};
