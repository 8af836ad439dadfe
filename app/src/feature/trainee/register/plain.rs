//! Registration for browsers without JavaScript: the same questions on one page, sent as a plain form. What was typed
//! comes back from the server, never the password and never in the address.

use super::api::{Opening, Register};
use super::fields::Fields;
use super::questions;
use crate::feature::form::{error_of, summary_of};
use crate::ui::Erased;
use crate::ui::{ErrorSummary, SubmitButton, field_id};
use leptos::prelude::*;
use server_fn::ServerFn;

/// The long form.
pub async fn long_form(opening: Opening) -> AnyView {
    let errors = RwSignal::new(opening.typed.errors);
    let counties = county_options(&opening.typed.values.residence).await;
    let fields = Fields::new(opening.typed.values);
    let today = opening.today;
    let wrong = error_of(errors, "residence");
    view! {
        <section class="card lift">
            <form class="form" method="post" action=Register::url()>
                <ErrorSummary errors=summary_of(errors) />
                <h2>"本人信息"</h2>
                {questions::person(fields, errors)}
                <h2>"身份类别"</h2>
                {questions::group(fields, errors)}
                <p class="hint">"毕业生填学校和毕业证日期；失业青年填失业登记的日期。"</p>
                {questions::diploma(fields, errors, today, false)}
                {questions::unemployment(fields, errors, today, false)}
                <h2>"常住地址"</h2>
                <div class="field">
                    <label for=field_id("residence")>"县（市、区）"</label>
                    <p class="hint" id="h-residence">"按省排列，前面是市的名字。"</p>
                    <select class="input" id=field_id("residence") name="residence" required=true
                        aria-invalid=move || wrong.get().is_some().then_some("true")
                        aria-describedby="h-residence e-residence" inner_html=counties></select>
                    <p class="error" id="e-residence" hidden=move || wrong.get().is_none()>{move || wrong.get()}</p>
                </div>
                {questions::address(fields, errors)}
                <h2>"密码与同意"</h2>
                {questions::password(fields, errors)}
                {questions::consents(fields, errors)}
                <SubmitButton label="提交登记" />
            </form>
        </section>
        <p class="small muted">"已经登记过？"<a href="/sign-in">"直接登录"</a></p>
    }
    .erased()
}

/// All counties as options, grouped by province. Written once on the server; a browser keeps what came.
#[cfg(feature = "ssr")]
async fn county_options(chosen: &str) -> String {
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

#[cfg(not(feature = "ssr"))]
#[expect(clippy::unused_async, reason = "the server's twin asks the database")]
async fn county_options(_chosen: &str) -> String {
    String::new()
}
