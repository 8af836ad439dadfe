//! Things laid over the page: a sheet that asks, a toast that tells.

use super::{Erased, attr};
use icondata_lu::LuX;
use leptos::{prelude::*, web_sys::HtmlDialogElement};

use super::{ElementRef, Icon, effect};

/// A native dialog: from below on the phone, in the middle on larger screens. Esc, the cross and the backdrop close it.
#[component]
pub fn Sheet(
    /// The question, which also names the dialog.
    #[prop(into)]
    title: String,
    /// Whether it is open. The sheet sets it to false when the person closes it.
    open: RwSignal<bool>,
    /// The content; keep a form's buttons at the end.
    children: Children,
) -> impl IntoView {
    let name = title.clone();
    let node = ElementRef::default();
    effect(move |_| {
        let wanted = open.get();
        if let Some(dialog) = node.get::<HtmlDialogElement>() {
            if wanted && !dialog.open() {
                let _ = dialog.show_modal();
            } else if !wanted && dialog.open() {
                dialog.close();
            }
        }
    });
    let on_backdrop = move |event: leptos::ev::MouseEvent| {
        if let (Some(target), Some(dialog)) = (event.target(), node.get_untracked::<HtmlDialogElement>())
            && target == *AsRef::<leptos::web_sys::EventTarget>::as_ref(&dialog)
        {
            open.set(false);
        }
    };
    view! {
        <dialog node_ref=node class="sheet" {..attr("aria-label", name)} on:close=move |_| open.set(false) on:click=on_backdrop>
            <div class="inner">
                <div class="row between">
                    <h2>{title}</h2>
                    <button type="button" class="btn icon" {..attr("aria-label", "关闭")} on:click=move |_| open.set(false)><Icon icon=LuX/></button>
                </div>
                {children()}
            </div>
        </dialog>
    }
    .erased()
}

/// One line above the tab bar with at most one act: a new version waits, the app can be installed.
#[component]
pub fn Toast(
    /// Whether it shows. The toast sets it to false when the person closes it.
    open: RwSignal<bool>,
    /// One short sentence.
    text: &'static str,
    /// The words on its button.
    action: &'static str,
    /// What the button does.
    on_action: Callback<()>,
) -> impl IntoView {
    view! {
        <div {..attr("role", "status")}>
            {move || open.get().then(|| view! {
                <div class="toast">
                    <span class="grow">{text}</span>
                    <button type="button" class="btn s" on:click=move |_| on_action.run(())>{action}</button>
                    <button type="button" class="btn icon" {..attr("aria-label", "关闭")} on:click=move |_| open.set(false)><Icon icon=LuX/></button>
                </div>
            }.erased())}
        </div>
    }
    .erased()
}
