//! Registration in steps. The step stands in the address, so that the phone's back key leads to the step before; what was
//! typed is kept in this tab and survives reload and lost network.

use super::api::{Opening, Register};
use super::fields::{self, Fields};
use super::questions;
use crate::api::{ApiError, go};
use crate::device::online::use_online;
use crate::feature::form::{PostForm, focus_first};
use crate::feature::steps::Steps;
use crate::ui::Erased;
use crate::ui::{Banner, Icon, Stepper, SubmitButton, Tone};
use domain::Day;
use domain::FieldErrors;
use domain::rulepack::RulePack;
use domain::trainee::RegisterForm;
use icondata_lu::{LuCircleCheck, LuInfo, LuWifiOff};
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;

const NAMES: [&str; 4] = [
    RegisterForm::STEPS[0].0,
    RegisterForm::STEPS[1].0,
    RegisterForm::STEPS[2].0,
    RegisterForm::STEPS[3].0,
];
const STEPS: Steps = Steps {
    path: "/register",
    all: &RegisterForm::STEPS,
};
const LAST: usize = STEPS.last();

/// All that the steps share.
#[derive(Clone, Copy)]
struct Wizard {
    fields: Fields,
    errors: RwSignal<FieldErrors>,
    step: Memo<usize>,
    ground: StoredValue<(Day, RulePack)>,
    sent: ServerAction<Register>,
}

/// The steps.
pub fn steps(opening: Opening) -> AnyView {
    let query = use_query_map();
    let wizard = Wizard {
        fields: Fields::new(opening.typed.values),
        errors: RwSignal::new(opening.typed.errors),
        step: Memo::new(move |_| query.with(|query| STEPS.of_address(query.get("step").as_deref()))),
        ground: StoredValue::new((opening.today, opening.rules)),
        sent: ServerAction::<Register>::new(),
    };
    let kept = RwSignal::new(false);
    let heading = NodeRef::<html::H2>::new();
    let show = STEPS.show();
    keep_what_is_typed(wizard, kept, show);
    follow_answer(wizard, show);
    STEPS.focus_new(wizard.step, wizard.errors, heading);
    let forward = Callback::new(move |()| wizard.forward(show));
    let busy = Signal::derive(move || wizard.sent.pending().get() || matches!(wizard.sent.value().get(), Some(Ok(_))));
    view! {
        <section class="card lift">
            <PostForm action=Register::url() on_submit=forward>
                <Stepper step=Signal::derive(move || wizard.step.get() + 1) names=&NAMES />
                <h2 tabindex="-1" node_ref=heading>{move || NAMES[wizard.step.get()]}</h2>
                {notice(wizard)}
                {wizard.questions(opening.today)}
                <div class="nav-row">
                    {move || wizard.step.get().checked_sub(1).map(|before| view! {
                        <button type="button" class="btn line" on:click=move |_| show.run((before, false))>"上一步"</button>
                    })}
                    {move || if wizard.step.get() == LAST {
                        view! { <SubmitButton label="提交登记" busy=busy busy_label="正在提交…" /> }.erased()
                    } else {
                        view! { <SubmitButton label="下一步" /> }.erased()
                    }}
                </div>
                <p class="saved" role="status">
                    {move || kept.get().then(|| view! { <Icon icon=LuCircleCheck />"填好的内容已存在这台设备上（密码除外）" })}
                </p>
            </PostForm>
        </section>
        <p class="small muted">"已经登记过？"<a href="/sign-in">"直接登录"</a></p>
    }
    .erased()
}

impl Wizard {
    /// What is wrong with the whole form now.
    fn check(&self) -> FieldErrors {
        let form = untrack(|| self.fields.form());
        self.ground
            .with_value(|(today, rules)| form.check(*today, rules))
            .err()
            .unwrap_or_default()
    }

    /// The button: on to the next step, or back to the first one that has an error, or off to the server.
    fn forward(&self, show: Callback<(usize, bool)>) {
        let now = self.step.get_untracked();
        let reached = STEPS.up_to(&self.check(), now);
        self.errors.set(reached.clone());
        if let Some(first) = STEPS.first_wrong(&reached) {
            if first != now {
                show.run((first, false));
            }
            focus_first(&STEPS.only(&reached, first));
        } else if now < LAST {
            show.run((now + 1, false));
        } else {
            self.sent.dispatch(Register {
                form: untrack(|| self.fields.form()),
            });
        }
    }

    /// All questions; only those of the current step are shown, so that nothing typed is lost between steps.
    fn questions(self, today: Day) -> AnyView {
        let Self {
            fields, errors, step, ..
        } = self;
        let hidden = move |at: usize| move || step.get() != at;
        let youth = move || fields.kind.with(|kind| kind == "unemployed_youth");
        view! {
            <div class="step" hidden=hidden(0)>{questions::person(fields, errors)}</div>
            <div class="step" hidden=hidden(1)>
                {questions::group(fields, errors)}
                <div class="step" hidden=move || youth() || fields.kind.with(String::is_empty)>
                    {questions::diploma(fields, errors, today, true)}
                </div>
                <div class="step" hidden=move || !youth()>{questions::unemployment(fields, errors, today, true)}</div>
            </div>
            <div class="step" hidden=hidden(2)>
                {questions::county(fields, errors)}
                {questions::address(fields, errors)}
            </div>
            <div class="step" hidden=hidden(LAST)>
                {questions::password(fields, errors)}
                {questions::consents(fields, errors)}
            </div>
        }
        .erased()
    }
}

/// Fills in what this tab kept, then keeps every change. A step whose questions before it are not answered leads back.
fn keep_what_is_typed(wizard: Wizard, kept: RwSignal<bool>, show: Callback<(usize, bool)>) {
    Effect::new(move |ran: Option<()>| {
        if ran.is_none() {
            wizard.fields.recall();
            let first = STEPS.first_wrong(&wizard.check()).unwrap_or(LAST);
            if wizard.step.get_untracked() > first {
                show.run((first, true));
            }
        }
        // After the registration there is nothing left to keep.
        if !matches!(wizard.sent.value().get(), Some(Ok(_))) {
            kept.set(fields::keep(&wizard.fields.form()));
        }
    });
}

/// Success leads on; an error leads to the step that it belongs to.
fn follow_answer(wizard: Wizard, show: Callback<(usize, bool)>) {
    Effect::new(move || match wizard.sent.value().get() {
        Some(Ok(path)) => {
            fields::forget();
            go(&path);
        }
        Some(Err(ApiError::Invalid { errors })) => {
            wizard.errors.set(errors.clone());
            if let Some(first) = STEPS.first_wrong(&errors) {
                if first != wizard.step.get_untracked() {
                    show.run((first, false));
                }
                focus_first(&STEPS.only(&errors, first));
            }
        }
        Some(Err(_)) | None => {}
    });
}

/// What concerns the form as a whole: no network, an answer without a field, an account that is already there.
fn notice(wizard: Wizard) -> AnyView {
    let online = use_online();
    (move || match (online.get(), wizard.sent.value().get()) {
        (_, Some(Err(ApiError::Transport))) | (false, _) => view! {
            <Banner tone=Tone::Warn icon=LuWifiOff title="没有网络">
                <span>"填好的内容都还在（密码除外）。连上网后再按“提交登记”。"</span>
            </Banner>
        }
        .erased(),
        (true, Some(Err(ApiError::Invalid { errors }))) if errors.of("id_card").or(errors.of("phone")).is_some() => {
            view! {
                <Banner tone=Tone::Info icon=LuInfo title="以前登记过？">
                    <a class="btn" href="/sign-in">"去登录"</a>
                </Banner>
            }
            .erased()
        }
        (true, Some(Err(error))) if !matches!(error, ApiError::Invalid { .. }) => {
            view! { <Banner tone=Tone::Bad icon=LuInfo title=error.message() /> }.erased()
        }
        _ => ().into_any(),
    })
    .into_any()
}
