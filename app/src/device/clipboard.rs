//! The clipboard.

use super::by_name::{call, get};
use wasm_bindgen::JsValue;

/// Whether a page may write to it: in browsers of today, over HTTPS.
#[must_use]
pub fn is_possible() -> bool {
    clipboard().is_some()
}

/// Puts a text there; whether it arrived.
pub async fn copy(text: &str) -> bool {
    match clipboard() {
        Some(clipboard) => call(&clipboard, "writeText", &JsValue::from_str(text)).await.is_some(),
        None => false,
    }
}

fn clipboard() -> Option<JsValue> {
    get(&get(&js_sys::global(), "navigator")?, "clipboard")
}
