//! The counties as one list, for forms without scripts.

use crate::ui::{Erased, FieldError, field_id};
use leptos::prelude::*;

/// All counties in one list.
#[component]
pub fn CountyList(
    /// The words above the list.
    label: &'static str,
    /// The form name.
    name: &'static str,
    /// Its [`county_options`].
    options: String,
    /// What is wrong with it.
    error: FieldError,
) -> impl IntoView {
    let (hint_id, error_id) = (["h-", name].concat(), ["e-", name].concat());
    view! {
        <div class="field">
            <label for=field_id(name)>{label}</label>
            <p class="hint" id=hint_id.clone()>"按省排列，前面是市的名字。"</p>
            <select class="input" id=field_id(name) name=name required=true
                aria-invalid=move || error.get().is_some().then_some("true")
                aria-describedby=[&hint_id, " ", &error_id].concat() inner_html=options></select>
            <p class="error" id=error_id hidden=move || error.get().is_none()>{move || error.get()}</p>
        </div>
    }
    .erased()
}

/// All counties as options, grouped by province. Written once on the server; a browser keeps what came.
#[cfg(feature = "ssr")]
pub async fn county_options(chosen: &str) -> String {
    let mut html = String::from("<option value=\"\">请选择</option>");
    let Ok(service) = crate::api::service() else {
        return html;
    };
    let provinces = service::division::children(&service, None).await.unwrap_or_default();
    let counties = service::division::all_leaves(&service).await.unwrap_or_default();
    for province in provinces {
        // Names and codes are the official list's, not anybody's typing, and hold no markup.
        html.push_str(&["<optgroup label=\"", &province.name, "\">"].concat());
        for county in counties
            .iter()
            .filter(|county| county.code.get(..2) == province.code.get(..2))
        {
            let selected = if county.code == chosen { "\" selected>" } else { "\">" };
            let name = county.name.strip_prefix(&province.name).unwrap_or(&county.name);
            html.push_str(&["<option value=\"", &county.code, selected, name, "</option>"].concat());
        }
        html.push_str("</optgroup>");
    }
    html
}

/// Nothing: the browser has its own lists, one after the other.
#[cfg(not(feature = "ssr"))]
pub async fn county_options(_chosen: &str) -> String {
    String::new()
}
