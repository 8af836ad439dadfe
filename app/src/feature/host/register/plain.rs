//! A unit's registration for browsers without JavaScript: the same questions on one page, sent as a plain form. What was
//! typed comes back from the server, never the password and never in the address.

use super::api::Register;
use super::fields::Fields;
use super::{below, questions};
use crate::api::Typed;
use crate::feature::division::CountyList;
use crate::feature::form::{error_of, summary_of};
use crate::ui::{Erased, ErrorSummary, SubmitButton};
use domain::host::RegisterHostForm;
use leptos::prelude::*;
use server_fn::ServerFn;

/// The long form.
pub async fn long_form(typed: Typed<RegisterHostForm>) -> AnyView {
    let errors = RwSignal::new(typed.errors);
    let counties = crate::feature::division::county_options(&typed.values.division).await;
    let fields = Fields::new(typed.values);
    view! {
        <section class="card lift">
            <form class="form" method="post" action=Register::url()>
                <ErrorSummary errors=summary_of(errors) />
                <h2>"单位信息"</h2>
                {questions::licence(fields, errors)}
                <CountyList label="经营地址：县（市、区）" name="division" options=counties error=error_of(errors, "division") />
                {questions::address(fields, errors)}
                <h2>"经办人和账号"</h2>
                {questions::operator(fields, errors)}
                {questions::account(fields, errors)}
                <SubmitButton label="提交注册" />
            </form>
        </section>
        {below()}
    }
    .erased()
}
