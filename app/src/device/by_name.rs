//! What few pages need of the browser, by name rather than through `web-sys`, whose types for it everybody's build would
//! carry.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Calls a method that answers with a promise.
pub(super) async fn call(on: &JsValue, method: &str, with: &JsValue) -> Option<JsValue> {
    let method: Function = get(on, method)?.dyn_into().ok()?;
    let promise: Promise = method.call1(on, with).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

/// A field that is there.
pub(super) fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &JsValue::from_str(name))
        .ok()
        .filter(|value| !value.is_undefined() && !value.is_null())
}
