//! Push in this browser: asked for by the person, through the service worker.

use super::by_name::{call, get};
use super::worker::container;
use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Whether the person told the browser that this site may not show notifications.
#[must_use]
pub fn is_blocked() -> bool {
    let global = js_sys::global();
    get(&global, "Notification")
        .and_then(|notification| get(&notification, "permission"))
        .is_some_and(|permission| permission == "denied")
}

/// Whether this browser can push at all. iPhones can once the app is on the home screen.
pub async fn is_possible() -> bool {
    get(&js_sys::global(), "Notification").is_some() && manager().await.is_some()
}

/// The address of this browser's subscription, when it has one.
pub async fn endpoint() -> Option<String> {
    get(&subscription().await?, "endpoint")?.as_string()
}

/// Asks the person and the browser's push service; the subscription as JSON. `None` when either said no.
pub async fn subscribe(key: &str) -> Option<String> {
    let options = Object::new();
    set(&options, "userVisibleOnly", &JsValue::TRUE);
    set(&options, "applicationServerKey", &JsValue::from_str(key));
    let manager = manager().await?;
    let made = match call(&manager, "subscribe", &options).await {
        Some(made) => made,
        // One made with another key of the server stands in the way.
        None => {
            unsubscribe().await;
            call(&manager, "subscribe", &options).await?
        }
    };
    JSON::stringify(&made).ok()?.as_string()
}

/// Ends this browser's subscription, if it has one.
pub async fn unsubscribe() {
    if let Some(subscription) = subscription().await {
        call(&subscription, "unsubscribe", &JsValue::UNDEFINED).await;
    }
}

async fn subscription() -> Option<JsValue> {
    call(&manager().await?, "getSubscription", &JsValue::UNDEFINED)
        .await
        .filter(JsValue::is_object)
}

async fn manager() -> Option<JsValue> {
    let registration = JsFuture::from(container()?.ready().ok()?).await.ok()?;
    get(&registration, "pushManager")
}

fn set(on: &Object, name: &str, value: &JsValue) {
    // Setting a field of a fresh object cannot fail.
    let _ = Reflect::set(on, &JsValue::from_str(name), value);
}
