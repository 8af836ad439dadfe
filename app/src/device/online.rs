//! Whether the device believes that it has a network, and whether the page came without one. The belief may be wrong; a
//! request that fails is the proof.

use crate::ui::{Live, effect};
use leptos::prelude::*;

/// Follows the browser's `online` and `offline` events from hydration on; `true` on the server and until then.
#[must_use]
pub fn use_online() -> Live<bool> {
    let online = RwSignal::new(true);
    effect(move |_| {
        online.set(window().navigator().on_line());
        for (event, value) in [("online", true), ("offline", false)] {
            let listener = window_event_listener_untyped(event, move |_| online.set(value));
            on_cleanup(move || listener.remove());
        }
    });
    online.into()
}

/// Whether the page is the service worker's kept copy, which it marks with `data-kept`; known from hydration on.
#[must_use]
pub fn use_kept_copy() -> Live<bool> {
    let kept = RwSignal::new(false);
    effect(move |_| kept.set(is_kept_copy()));
    kept.into()
}

/// The same, asked once in the browser.
#[must_use]
pub fn is_kept_copy() -> bool {
    document()
        .document_element()
        .is_some_and(|root| root.has_attribute("data-kept"))
}

/// Takes the mark away once the page shows fresh content.
pub fn mark_fresh() {
    if let Some(root) = document().document_element() {
        // Removing an attribute that is not there is no error either.
        let _ = root.remove_attribute("data-kept");
    }
}
