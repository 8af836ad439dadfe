//! Where a person goes next: the home of a role, the sign-in page with the way back, and full page loads.

use domain::account::Role;

/// The first screen of a role.
#[must_use]
pub const fn home(role: Role) -> &'static str {
    match role {
        Role::Trainee => "/today",
        Role::Operator => "/host",
        Role::Reviewer | Role::CityCentre => "/cases",
        Role::Admin => "/agencies",
        Role::Auditor => "/audit",
        Role::Mentor => "/account",
    }
}

/// `next` when it is a path of this site, otherwise nothing: `//host`, `/\host` and whole URLs lead elsewhere.
#[must_use]
pub fn own_path(next: &str) -> Option<&str> {
    let mut bytes = next.bytes();
    let safe = bytes.next() == Some(b'/')
        && !matches!(bytes.next(), Some(b'/' | b'\\'))
        && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && !next.starts_with("/api/")
        && !next.starts_with("/sign-in");
    safe.then_some(next)
}

/// The sign-in page that leads back to `here` afterwards.
#[must_use]
pub fn sign_in_path(here: &str) -> String {
    with_next("/sign-in", here)
}

/// `page` that leads on to `next` afterwards, when that is a path of this site.
#[must_use]
pub fn with_next(page: &str, next: &str) -> String {
    let mut path = String::from(page);
    if let Some(next) = own_path(next).filter(|next| *next != "/") {
        path.push_str("?next=");
        for byte in next.bytes() {
            match byte {
                b'%' => path.push_str("%25"),
                b'&' => path.push_str("%26"),
                b'#' => path.push_str("%23"),
                b'+' => path.push_str("%2B"),
                byte => path.push(char::from(byte)),
            }
        }
    }
    path
}

/// `path` with those of the pairs that say something, each as one parameter.
#[must_use]
pub fn with_query<'a>(path: &str, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut address = String::from(path);
    let mut mark = '?';
    for (name, value) in pairs.filter(|(_, value)| !value.is_empty()) {
        address.push(mark);
        mark = '&';
        address.push_str(name);
        address.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                address.push(char::from(byte));
            } else {
                address.push('%');
                for digit in [byte >> 4, byte & 15] {
                    address.push(char::from(HEX[usize::from(digit)]));
                }
            }
        }
    }
    address
}

/// Loads a page from the server, so that nothing of the former person stays in memory and the service worker keeps the
/// fresh page. Does nothing on the server.
pub fn go(path: &str) {
    if cfg!(feature = "hydrate") {
        let _ = leptos::prelude::window().location().assign(path);
    }
}

#[cfg(test)]
mod tests {
    use super::{own_path, sign_in_path, with_query};

    #[test]
    fn only_paths_of_this_site_are_followed() {
        for good in [
            "/today",
            "/offer/01890a5d-ac96-774b-bcce-b302099a8057",
            "/host?week=2026-11-16",
        ] {
            assert_eq!(own_path(good), Some(good));
        }
        for bad in [
            "",
            "today",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/\t/evil",
            "/api/account/sign_out",
            "/sign-in",
        ] {
            assert_eq!(own_path(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_was_typed_stays_one_parameter() {
        let pairs = [("who", "田 a&b"), ("act", ""), ("from", "2026-11-19")];
        assert_eq!(
            with_query("/audit", pairs.into_iter()),
            "/audit?who=%E7%94%B0%20a%26b&from=2026-11-19"
        );
    }

    #[test]
    fn the_way_back_survives_as_one_parameter() {
        assert_eq!(
            sign_in_path("/host?week=2026-11-16&all=1"),
            "/sign-in?next=/host?week=2026-11-16%26all=1"
        );
        assert_eq!(sign_in_path("//evil.example"), "/sign-in");
    }
}
