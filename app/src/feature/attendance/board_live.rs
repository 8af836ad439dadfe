//! The live line of the board: an `EventSource` that says "something changed", never what.

use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::EventSource;

/// The path of the server's event stream.
const PATH: &str = "/live/board";

/// How long to wait before a new try when the browser has given up by itself.
const AGAIN: Duration = Duration::from_secs(5);

/// Whether the board hears the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// Not opened yet: the server's page, or the first moments in the browser.
    Opening,
    /// Changes arrive.
    Online,
    /// The line broke; the browser tries again.
    Lost,
}

/// The line as the board reads it.
#[derive(Clone, Copy)]
pub(super) struct Live {
    /// Whether the server is heard.
    pub(super) line: RwSignal<Line>,
    /// Counts up whenever the board may have changed, also after a break in which changes were missed.
    pub(super) changed: RwSignal<u32>,
}

/// Opens the line in the browser and closes it with the page.
pub(super) fn open() -> Live {
    let live = Live {
        line: RwSignal::new(Line::Opening),
        changed: RwSignal::new(0),
    };
    // The stream belongs to the effect: it lives in the browser only and ends with the page.
    Effect::new(move |_| connect(live, StoredValue::new_local(None)));
    live
}

/// An open stream with the closures that listen to it; dropping it closes the stream.
struct Wire {
    source: EventSource,
    _listeners: [Closure<dyn FnMut()>; 3],
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

/// Opens the stream and keeps it in `wire`, which ends with the page.
fn connect(live: Live, wire: StoredValue<Option<Wire>, LocalStorage>) {
    let Ok(source) = EventSource::new(PATH) else {
        live.line.set(Line::Lost);
        return;
    };
    let opened = Closure::<dyn FnMut()>::new(move || {
        // The server's first event follows at once, for what changed since the page was read.
        live.line.set(Line::Online);
    });
    let changed = Closure::<dyn FnMut()>::new(move || live.changed.update(|count| *count += 1));
    let failed = Closure::<dyn FnMut()>::new({
        let source = source.clone();
        move || {
            live.line.set(Line::Lost);
            // After an HTTP error the browser does not try again by itself (WHATWG HTML §9.2.2).
            if source.ready_state() == EventSource::CLOSED {
                set_timeout(move || reconnect(live, wire), AGAIN);
            }
        }
    });
    source.set_onopen(Some(opened.as_ref().unchecked_ref()));
    source.set_onerror(Some(failed.as_ref().unchecked_ref()));
    let listening = source
        .add_event_listener_with_callback("changed", changed.as_ref().unchecked_ref())
        .is_ok();
    if !listening {
        live.line.set(Line::Lost);
    }
    wire.try_update_value(|kept| {
        *kept = Some(Wire {
            source,
            _listeners: [opened, changed, failed],
        })
    });
}

/// A new stream, unless the page was left in the meantime.
fn reconnect(live: Live, wire: StoredValue<Option<Wire>, LocalStorage>) {
    if live.line.try_get_untracked().is_some() {
        connect(live, wire);
        // A session that is over shows when the board is read.
        live.changed.update(|count| *count += 1);
    }
}
