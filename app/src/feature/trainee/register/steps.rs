//! Registration in steps. The step stands in the address, so that the phone's back key leads to the step before; what was
//! typed is kept in this tab and survives reload and lost network.

use super::api::{Opening, Register};
use super::fields::{self, Fields};
use super::questions;
use crate::feature::steps::Steps;
use crate::feature::wizard::Wizard;
use crate::ui::Erased;
use domain::rulepack::RulePack;
use domain::trainee::RegisterForm;
use domain::{Day, FieldErrors};
use leptos::prelude::*;
use server_fn::ServerFn;

const STEPS: Steps = Steps {
    path: "/register",
    all: &RegisterForm::STEPS,
};

/// The day and the rules by which the browser checks.
type Ground = StoredValue<(Day, RulePack)>;

/// The steps.
pub fn steps(opening: Opening) -> AnyView {
    let fields = Fields::new(opening.typed.values);
    let errors = RwSignal::new(opening.typed.errors);
    let ground = StoredValue::new((opening.today, opening.rules));
    let sent = ServerAction::<Register>::new();
    let form = move || untrack(|| fields.form());
    let wizard = Wizard {
        steps: STEPS,
        names: const { &STEPS.names::<{ STEPS.all.len() }>() },
        url: Register::url(),
        submit: "提交登记",
        known: (&["id_card", "phone"], "以前登记过？"),
        errors,
        check: Callback::new(move |()| {
            let checked = ground.with_value(|(today, rules)| form().check(*today, rules));
            checked.err().unwrap_or_default()
        }),
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
        {wizard.card(|step| questions(fields, errors, step, ground))}
        <p class="small muted">"已经登记过？"<a href="/sign-in">"直接登录"</a></p>
    }
    .erased()
}

fn questions(fields: Fields, errors: RwSignal<FieldErrors>, step: Memo<usize>, ground: Ground) -> AnyView {
    let today = ground.with_value(|(today, _)| *today);
    let group = ground.with_value(|(_, rules)| questions::group(fields, errors, rules));
    let hidden = move |at: usize| move || step.get() != at;
    let youth = move || fields.kind.with(|kind| kind == "unemployed_youth");
    view! {
        <div class="step" hidden=hidden(0)>{questions::person(fields, errors)}</div>
        <div class="step" hidden=hidden(1)>
            {group}
            <div class="step" hidden=move || youth() || fields.kind.with(String::is_empty)>
                {questions::diploma(fields, errors, today, true)}
            </div>
            <div class="step" hidden=move || !youth()>{questions::unemployment(fields, errors, today, true)}</div>
        </div>
        <div class="step" hidden=hidden(2)>
            {questions::county(fields, errors)}
            {questions::address(fields, errors)}
        </div>
        <div class="step" hidden=hidden(STEPS.last())>
            {questions::password(fields, errors)}
            {questions::consents(fields, errors)}
        </div>
    }
    .erased()
}
