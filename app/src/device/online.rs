//! Whether the device believes that it has a network. The belief may be wrong; a request that fails is the proof.

use leptos::prelude::*;

/// Follows the browser's `online` and `offline` events from hydration on; `true` on the server and until then.
#[must_use]
pub fn use_online() -> ReadSignal<bool> {
    let (online, set_online) = signal(true);
    Effect::new(move || {
        set_online.set(window().navigator().on_line());
        for (event, value) in [("online", true), ("offline", false)] {
            let listener = window_event_listener_untyped(event, move |_| set_online.set(value));
            on_cleanup(move || listener.remove());
        }
    });
    online
}
