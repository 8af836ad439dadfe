//! The queue by keyboard: j and k go to the next and previous case, a approves, r returns. Not while something is typed,
//! and not together with Ctrl, Alt or Meta, which belong to the browser.

use leptos::ev::keydown;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Listens as long as the page stands.
pub(super) fn listen() {
    Effect::new(move |_| {
        let listening = window_event_listener(keydown, move |event| {
            if event.ctrl_key() || event.alt_key() || event.meta_key() || is_typing() {
                return;
            }
            match event.key().as_str() {
                "j" => walk(1),
                "k" => walk(-1),
                "a" => press("case-approve"),
                "r" => press("case-return"),
                _ => {}
            }
        });
        on_cleanup(move || listening.remove());
    });
}

fn is_typing() -> bool {
    document().active_element().is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || element.closest("dialog").ok().flatten().is_some()
    })
}

/// Opens the case so many lines further, from the first when none is open.
fn walk(by: i32) {
    let Ok(found) = document().query_selector_all("a.case-link") else {
        return;
    };
    let links: Vec<HtmlElement> = (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect();
    let open = links
        .iter()
        .position(|link| AsRef::<Element>::as_ref(link).has_attribute("aria-current"));
    let next = match open {
        Some(at) => i32::try_from(at).ok().and_then(|at| usize::try_from(at + by).ok()),
        None => Some(0),
    };
    if let Some(link) = next.and_then(|at| links.get(at)) {
        let _ = link.focus();
        link.click();
    }
}

fn press(id: &str) {
    if let Some(button) = document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<HtmlElement>().ok())
    {
        button.click();
    }
}
