//! Accounts: who signs in, in which role, and what the sign-in forms check.

mod form;
mod label;
mod login;
mod second_factor;
mod staff;
mod view;

pub(crate) use form::password_length;
pub use form::{ChangePasswordForm, SecondFactorForm, SignInForm};
pub use login::{normalise_login, staff_login};
pub use second_factor::SecondFactorSetUp;
pub use staff::{StaffEntry, StaffFilter, StaffForm, StaffPage, StaffSecret};
pub use view::{DemoSignIn, PrivacyTerms, Role, Viewer};
