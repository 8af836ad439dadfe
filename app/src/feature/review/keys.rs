//! The queue by keyboard: j and k go to the next and previous case, a goes to the approval, r begins a return. Not while
//! something is typed, and not together with Ctrl, Alt or Meta, which belong to the browser.

use leptos::ev::keydown;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// On a button that decides nothing yet but asks for more.
pub(super) const ASKS: &str = "data-asks";

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
                "a" => approve(),
                "r" => press("case-return"),
                _ => {}
            }
        });
        on_cleanup(move || listening.remove());
    });
}

fn is_typing() -> bool {
    document().active_element().is_some_and(|element| {
        let ticks = ["checkbox", "radio"].contains(&element.get_attribute("type").unwrap_or_default().as_str());
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT") && !ticks
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

/// Opens the record that an approval needs. An approval at once only gets the focus: it is Enter that decides, because one
/// letter by mistake must not.
fn approve() {
    if let Some(button) = button("case-approve") {
        if button.has_attribute(ASKS) {
            button.click();
        } else {
            let _ = button.focus();
        }
    }
}

fn press(id: &str) {
    if let Some(button) = button(id) {
        button.click();
    }
}

fn button(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
