//! Putting the product on the home screen: Chromium's prompt, caught when it comes, and what to say where there is none.

use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

/// What this device can do about installing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Install {
    /// It runs from the home screen already.
    Done,
    /// The browser offers its prompt.
    Prompt,
    /// iPhone or iPad: by the share menu, in words.
    ShareMenu,
    /// WeChat's own browser: open in the system's browser first.
    LeaveWechat,
    /// By the browser's menu, in words.
    Menu,
}

thread_local! {
    static PROMPT: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Catches the browser's offer. It can come long before the page that shows it, so this runs once, right after hydration.
pub fn listen() {
    // The listener lives as long as the page.
    let _ = leptos::prelude::window_event_listener_untyped("beforeinstallprompt", |event| {
        event.prevent_default();
        PROMPT.set(Some(event.into()));
    });
}

/// What to show now.
#[must_use]
pub fn state() -> Install {
    let window = leptos::prelude::window();
    let standalone = window
        .match_media("(display-mode: standalone)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches());
    if standalone {
        return Install::Done;
    }
    if PROMPT.with_borrow(Option::is_some) {
        return Install::Prompt;
    }
    match super::platform::platform() {
        super::platform::Platform::Wechat => Install::LeaveWechat,
        super::platform::Platform::Apple => Install::ShareMenu,
        super::platform::Platform::Other => Install::Menu,
    }
}

/// Shows the browser's prompt; each offer can be used once.
pub fn prompt() {
    if let Some(event) = PROMPT.take()
        && let Ok(prompt) = js_sys::Reflect::get(&event, &JsValue::from_str("prompt"))
        && let Some(prompt) = prompt.dyn_ref::<js_sys::Function>()
    {
        // A prompt that the browser refuses to show leaves the steps in words.
        let _ = prompt.call0(&event);
    }
}
