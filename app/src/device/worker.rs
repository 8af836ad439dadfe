//! The service worker: registered after hydration, asked to keep pages that changed, and replaced when the person says so.

use crate::ui::{Toast, effect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration};

const SCRIPT: &str = "/service-worker.js";

/// Registers the worker and catches the browser's offer to install; tells when a new version waits. Stands once in the app.
#[component]
pub fn UpdateNotice() -> impl IntoView {
    let waiting = RwSignal::new(false);
    effect(move |_| {
        super::install::listen();
        leptos::task::spawn_local(register(waiting));
    });
    view! { <Toast open=waiting text="有新版本" action="刷新" on_action=Callback::new(|()| leptos::task::spawn_local(renew())) /> }
}

/// Asks the worker to fetch a page again and keep it for a day without a network. Call it after what the page shows has changed.
pub fn keep(path: &str) {
    if let Some(worker) = container().and_then(|container| container.controller()) {
        post(&worker, "KEEP", Some(path));
    }
}

/// Whether the worker answers for this page, so that loading it again shows the kept copy when there is no network.
#[must_use]
pub fn controls_page() -> bool {
    container().is_some_and(|container| container.controller().is_some())
}

async fn register(waiting: RwSignal<bool>) {
    let Some(container) = container() else { return };
    // Without the worker everything but the kept pages still works.
    let Ok(registration) = JsFuture::from(container.register(SCRIPT)).await else {
        return;
    };
    let registration: ServiceWorkerRegistration = registration.unchecked_into();
    let tell = move |registration: &ServiceWorkerRegistration| {
        // The very first worker replaces nothing.
        if registration.waiting().is_some() && controls_page() {
            waiting.set(true);
        }
    };
    tell(&registration);
    let watched = registration.clone();
    let on_update = Closure::<dyn Fn()>::new(move || {
        let Some(worker) = watched.installing() else { return };
        let watched = watched.clone();
        let on_state = Closure::<dyn Fn()>::new(move || tell(&watched));
        worker.set_onstatechange(Some(on_state.into_js_value().unchecked_ref()));
    });
    registration.set_onupdatefound(Some(on_update.into_js_value().unchecked_ref()));
}

/// Lets the waiting worker take over and loads the page anew once it has.
async fn renew() {
    let Some(container) = container() else { return };
    let registration = JsFuture::from(container.get_registration()).await.ok();
    let worker = registration
        .and_then(|registration| registration.dyn_into::<ServiceWorkerRegistration>().ok())
        .and_then(|registration| registration.waiting());
    let reload = Closure::<dyn Fn()>::new(|| {
        let _ = window().location().reload();
    });
    container.set_oncontrollerchange(Some(reload.into_js_value().unchecked_ref()));
    match worker {
        Some(worker) => post(&worker, "SKIP_WAITING", None),
        // Another tab was faster.
        None => {
            let _ = window().location().reload();
        }
    }
}

fn post(worker: &ServiceWorker, kind: &str, url: Option<&str>) {
    let message = js_sys::Object::new();
    // Setting a field of a fresh object cannot fail.
    let _ = js_sys::Reflect::set(&message, &JsValue::from_str("type"), &JsValue::from_str(kind));
    if let Some(url) = url {
        let _ = js_sys::Reflect::set(&message, &JsValue::from_str("url"), &JsValue::from_str(url));
    }
    let _ = worker.post_message(&message);
}

/// Browsers have none on plain http and in some private windows.
pub(super) fn container() -> Option<ServiceWorkerContainer> {
    let navigator = window().navigator();
    js_sys::Reflect::has(&navigator, &JsValue::from_str("serviceWorker"))
        .unwrap_or(false)
        .then(|| navigator.service_worker())
}
