//! The little that must outlive a reload of this tab (session storage), e.g. a check-in whose answer has not come.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The name of the check-in whose answer has not come.
pub const UNANSWERED: &str = "check-in";

/// Keeps a value under a name. A browser without storage keeps nothing; the page goes on without.
pub fn keep<T: Serialize>(name: &str, value: &T) {
    if let (Some(storage), Ok(json)) = (storage(), serde_json::to_string(value)) {
        let _ = storage.set_item(name, &json);
    }
}

/// The value kept under a name; one that another version kept and this one cannot read is dropped.
#[must_use]
pub fn read<T: DeserializeOwned>(name: &str) -> Option<T> {
    let json = storage()?.get_item(name).ok().flatten()?;
    // From bytes, as the answers of server functions are read: a second reader would be downloaded for it.
    let value = serde_json::from_slice(json.as_bytes()).ok();
    if value.is_none() {
        forget(name);
    }
    value
}

/// Drops it.
pub fn forget(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}

/// Drops what was typed into forms: whoever uses this tab next must not find it. A check-in without an answer stays, it
/// would be a lost day.
pub fn forget_typed() {
    if let Some(storage) = storage() {
        let check_in = storage.get_item(UNANSWERED).ok().flatten();
        let _ = storage.clear();
        if let Some(json) = check_in {
            let _ = storage.set_item(UNANSWERED, &json);
        }
    }
}

fn storage() -> Option<web_sys::Storage> {
    leptos::prelude::window().session_storage().ok().flatten()
}
