//! A unit's registration in steps; what was typed is kept in this tab and survives reload and lost network.

use super::api::Register;
use super::fields::{self, Fields};
use super::{below, questions};
use crate::api::Typed;
use crate::feature::steps::Steps;
use crate::feature::wizard::Wizard;
use crate::ui::Erased;
use domain::FieldErrors;
use domain::host::RegisterHostForm;
use leptos::prelude::*;
use server_fn::ServerFn;

const STEPS: Steps = Steps {
    path: "/register/host",
    all: &RegisterHostForm::STEPS,
};

/// The steps.
pub fn steps(typed: Typed<RegisterHostForm>) -> AnyView {
    let fields = Fields::new(typed.values);
    let errors = RwSignal::new(typed.errors);
    let sent = ServerAction::<Register>::new();
    let form = move || untrack(|| fields.form());
    let wizard = Wizard {
        steps: STEPS,
        names: const { &STEPS.names::<{ STEPS.all.len() }>() },
        url: Register::url(),
        submit: "提交注册",
        known: (&["credit_code"], "单位以前注册过？"),
        errors,
        check: Callback::new(move |()| form().check().err().unwrap_or_default()),
        send: Callback::new(move |()| {
            sent.dispatch(Register { form: form() });
        }),
        sending: sent.pending().into(),
        answer: sent.value().into(),
        recall: Callback::new(move |()| fields.recall()),
        keep: Callback::new(move |()| fields::keep(&fields.form())),
        forget: fields::forget,
    };
    view! {
        {wizard.card(|step| questions(fields, errors, step))}
        {below()}
    }
    .erased()
}

fn questions(fields: Fields, errors: RwSignal<FieldErrors>, step: Memo<usize>) -> AnyView {
    let hidden = move |at: usize| move || step.get() != at;
    view! {
        <div class="step" hidden=hidden(0)>
            {questions::licence(fields, errors)}
            {questions::county(fields, errors)}
            {questions::address(fields, errors)}
        </div>
        <div class="step" hidden=hidden(1)>
            {questions::operator(fields, errors)}
            {questions::account(fields, errors)}
        </div>
        <div class="step" hidden=hidden(STEPS.last())>{read_through(fields)}</div>
    }
    .erased()
}

/// Step 3: what was typed, and what comes next.
fn read_through(fields: Fields) -> AnyView {
    let line = |name: &'static str, value: RwSignal<String>| {
        view! {
            <dt>{name}</dt>
            <dd>{value}</dd>
        }
        .erased()
    };
    view! {
        <dl class="facts">
            {line("单位名称", fields.name)}
            {line("信用代码", fields.credit_code)}
            {line("法定代表人", fields.legal_representative)}
            <dt>"经营地址"</dt>
            <dd>{fields.place}{fields.address}</dd>
            {line("经办人", fields.operator)}
            {line("手机号", fields.phone)}
            {line("账号名", fields.login)}
        </dl>
        <p class="small muted">"有不对的，按“上一步”改。提交以后要在手机上绑定动态验证码，再上传营业执照办理单位实名认证。"</p>
    }
    .erased()
}
