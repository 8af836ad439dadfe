//! The blind index of sign-in names.

use crate::context::Service;

/// The blind index of a normalised sign-in name.
pub(crate) fn login_index(service: &Service, normalised: &str) -> String {
    service.vault().index("login", normalised)
}
