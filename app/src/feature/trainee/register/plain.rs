//! Registration for browsers without JavaScript: the same questions on one page, sent as a plain form. What was typed
//! comes back from the server, never the password and never in the address.

use super::api::{Opening, Register};
use super::fields::Fields;
use super::questions;
use crate::feature::division::{CountyList, county_options};
use crate::feature::form::{error_of, summary_of};
use crate::ui::Erased;
use crate::ui::{ErrorSummary, SubmitButton};
use leptos::prelude::*;
use server_fn::ServerFn;

/// The long form.
pub async fn long_form(opening: Opening) -> AnyView {
    let errors = RwSignal::new(opening.typed.errors);
    let counties = county_options(&opening.typed.values.residence).await;
    let fields = Fields::new(opening.typed.values);
    let today = opening.today;
    view! {
        <section class="card lift">
            <form class="form" method="post" action=Register::url()>
                <ErrorSummary errors=summary_of(errors) />
                <h2>"本人信息"</h2>
                {questions::person(fields, errors)}
                <h2>"身份类别"</h2>
                {questions::group(fields, errors, &opening.rules)}
                <p class="hint">"毕业生填学校和毕业证日期；失业青年填失业登记的日期。"</p>
                {questions::diploma(fields, errors, today, false)}
                {questions::unemployment(fields, errors, today, false)}
                <h2>"常住地址"</h2>
                <CountyList label="县（市、区）" name="residence" options=counties error=error_of(errors, "residence") />
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
