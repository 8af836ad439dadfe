//! Where the device is, asked only while somebody waits for it. One watch at a time for the whole page.

use std::cell::Cell;
use wasm_bindgen::{JsCast, closure::Closure};

/// Longest silence, in milliseconds, before the browser reports a timeout.
const PATIENCE_MS: u32 = 20_000;

/// One reading as the device gave it: degrees WGS-84 and metres, not judged yet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// Degrees, north positive.
    pub latitude: f64,
    /// Degrees, east positive.
    pub longitude: f64,
    /// Metres.
    pub accuracy: f64,
}

/// Why there is no reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoReading {
    /// The person or the system refused.
    Denied,
    /// The page came over plain http, where browsers give no position.
    Insecure,
    /// The device finds no position now.
    Unavailable,
    /// Nothing arrived in time.
    TimedOut,
}

thread_local! {
    static WATCH: Cell<Option<i32>> = const { Cell::new(None) };
}

/// Starts to watch with high accuracy; every reading and every failure goes to `tell` until [`stop`].
/// A watch that was running before ends.
pub fn start(tell: Box<dyn Fn(Result<Reading, NoReading>)>) {
    stop();
    let window = leptos::prelude::window();
    if !window.is_secure_context() {
        return tell(Err(NoReading::Insecure));
    }
    let Ok(geolocation) = window.navigator().geolocation() else {
        return tell(Err(NoReading::Unavailable));
    };
    let tell = std::rc::Rc::new(tell);
    let tell_failure = std::rc::Rc::clone(&tell);
    let on_reading = Closure::<dyn Fn(web_sys::Position)>::new(move |position: web_sys::Position| {
        let coordinates = position.coords();
        tell(Ok(Reading {
            latitude: coordinates.latitude(),
            longitude: coordinates.longitude(),
            accuracy: coordinates.accuracy(),
        }));
    });
    let on_failure = Closure::<dyn Fn(web_sys::PositionError)>::new(move |error: web_sys::PositionError| {
        tell_failure(Err(match error.code() {
            web_sys::PositionError::PERMISSION_DENIED => NoReading::Denied,
            web_sys::PositionError::TIMEOUT => NoReading::TimedOut,
            _ => NoReading::Unavailable,
        }));
    });
    let options = web_sys::PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_maximum_age(0);
    options.set_timeout(PATIENCE_MS);
    // The browser keeps both callbacks alive as long as the watch runs; one of them may be running when the watch ends.
    let watch = geolocation.watch_position_with_error_callback_and_options(
        on_reading.into_js_value().unchecked_ref(),
        Some(on_failure.into_js_value().unchecked_ref()),
        &options,
    );
    WATCH.set(watch.ok());
}

/// Ends the watch, if one runs.
pub fn stop() {
    if let Some(watch) = WATCH.take()
        && let Ok(geolocation) = leptos::prelude::window().navigator().geolocation()
    {
        geolocation.clear_watch(watch);
    }
}
