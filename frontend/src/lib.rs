//! The WASM entry: wakes the server's HTML up.

use leptos::prelude::document;
use leptos::tachys::dom::body;

/// Called by the page's script once the code is there. From `data-awake` on the page answers to touch; styles and
/// browser tests go by it.
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn hydrate() {
    // The release build's panics carry no words (see .ci/wasm-target), so there is nothing to print.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_from_async(body(), app::App).await.forget();
    if let Some(root) = document().document_element() {
        // The attribute's name is valid, so setting it cannot fail.
        let _ = root.set_attribute("data-awake", "");
    }
}

/// Room that wasm-split needs to sort the data by page: each part's data is aligned anew, and when that makes the whole
/// longer than it was, the data of every page stays in the first download (23 KB). No part refers to this, so none ships it.
#[used]
static ROOM: [u8; 8192] = [1; 8192];
