//! Accounts: sign-in by password and second factor, sessions, change of password, staff accounts. Trainees make their own
//! account by registering (`crate::trainee`), the first operator of a unit that registers itself too (`crate::host`), other staff
//! never do: an admin makes theirs, the first one stands on the command line.

mod change_password;
mod demo_sign_ins;
mod login;
mod second_factor;
mod session;
mod set_up;
mod sign_in;
mod staff;
pub mod staff_list;
mod totp;

pub use change_password::change_password;
pub use demo_sign_ins::demo_sign_ins;
pub use second_factor::second_factor;
pub use session::{authenticate, is_signed_in, privacy_terms, sign_out, viewer};
pub use set_up::second_factor_to_set_up;
pub use sign_in::{SignIn, sign_in};
pub use staff::{CreatedStaff, NewStaff, create_staff, disable};

pub(crate) use demo_sign_ins::with_secrets as demo_with_secrets;
pub(crate) use domain::account::normalise_login as normalise;
pub(crate) use login::login_index;
pub(crate) use session::{Sessions, know_device, open_session, sweep};
pub(crate) use staff::SYSTEM;
pub(crate) use totp::Totp;

/// Purposes under which an account's secrets are sealed.
pub(crate) mod sealed {
    /// The sign-in name.
    pub(crate) const LOGIN: &str = "account.login";
    /// The second-factor secret.
    pub(crate) const TOTP: &str = "account.totp";
}
