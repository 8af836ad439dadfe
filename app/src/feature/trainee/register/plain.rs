//! Registration for browsers without JavaScript: the same questions on one page, sent as a plain form. What was typed
//! comes back from the server, never the password and never in the address.

use super::api::{Opening, Register};
use super::fields::Fields;
use super::questions;
use crate::feature::form::{error_of, summary_of};
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
                    <p class="hint" id="h-residence">"按省和市排列。打开列表后可以直接打字查找。"</p>
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
    .into_any()
}

/// All counties as options, grouped by province and city. Written once on the server; a browser keeps what came.
#[cfg(feature = "ssr")]
async fn county_options(chosen: &str) -> String {
    use crate::feature::division::api::children;
    let mut html = String::from("<option value=\"\">请选择</option>");
    for province in children(String::new()).await.unwrap_or_default() {
        let mut direct = Vec::new();
        for city in children(province.code.clone()).await.unwrap_or_default() {
            if city.has_children {
                let counties = children(city.code.clone()).await.unwrap_or_default();
                group(&mut html, &[province.name.as_str(), " ", &city.name].concat(), &counties, chosen);
            } else {
                direct.push(city);
            }
        }
        if !direct.is_empty() {
            group(&mut html, &province.name, &direct, chosen);
        }
    }
    html
}

#[cfg(not(feature = "ssr"))]
async fn county_options(_chosen: &str) -> String {
    String::new()
}

/// Names and codes are the official list's, not anybody's typing, and hold no markup.
#[cfg(feature = "ssr")]
fn group(html: &mut String, label: &str, counties: &[domain::division::Division], chosen: &str) {
    html.push_str(&format!("<optgroup label=\"{label}\">"));
    for county in counties {
        let selected = if county.code == chosen { " selected" } else { "" };
        html.push_str(&format!("<option value=\"{}\"{selected}>{}</option>", county.code, county.name));
    }
    html.push_str("</optgroup>");
}
