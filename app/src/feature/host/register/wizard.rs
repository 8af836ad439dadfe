//! A unit's registration in steps; what was typed is kept in this tab and survives reload and lost network.

use super::api::Register;
use super::fields::{self, Fields};
use super::{below, questions};
use crate::api::{ApiError, Typed, go};
use crate::device::online::use_online;
use crate::feature::form::{PostForm, focus_first};
use crate::feature::steps::Steps;
use crate::ui::{Banner, Erased, Icon, Stepper, SubmitButton, Tone};
use domain::FieldErrors;
use domain::host::RegisterHostForm;
use icondata_lu::{LuCircleCheck, LuInfo, LuWifiOff};
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;

const NAMES: [&str; 3] = [
    RegisterHostForm::STEPS[0].0,
    RegisterHostForm::STEPS[1].0,
    RegisterHostForm::STEPS[2].0,
];
const STEPS: Steps = Steps {
    path: "/register/host",
    all: &RegisterHostForm::STEPS,
};
const LAST: usize = STEPS.last();

/// All that the steps share.
#[derive(Clone, Copy)]
struct Wizard {
    fields: Fields,
    errors: RwSignal<FieldErrors>,
    step: Memo<usize>,
    sent: ServerAction<Register>,
}

/// The steps.
pub fn steps(typed: Typed<RegisterHostForm>) -> AnyView {
    let query = use_query_map();
    let wizard = Wizard {
        fields: Fields::new(typed.values),
        errors: RwSignal::new(typed.errors),
        step: Memo::new(move |_| query.with(|query| STEPS.of_address(query.get("step").as_deref()))),
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
                <h2 tabindex="-1" node_ref=heading>{move || STEPS.title(wizard.step.get())}</h2>
                {notice(wizard)}
                {wizard.questions()}
                <div class="nav-row">
                    {move || wizard.step.get().checked_sub(1).map(|before| view! {
                        <button type="button" class="btn line" on:click=move |_| show.run((before, false))>"上一步"</button>
                    })}
                    {move || if wizard.step.get() == LAST {
                        view! { <SubmitButton label="提交注册" busy=busy busy_label="正在提交…" /> }.erased()
                    } else {
                        view! { <SubmitButton label="下一步" /> }.erased()
                    }}
                </div>
                <p class="saved" role="status">
                    {move || kept.get().then(|| view! { <Icon icon=LuCircleCheck />"填好的内容已存在这台设备上（密码除外）" })}
                </p>
            </PostForm>
        </section>
        {below()}
    }
    .erased()
}

impl Wizard {
    /// What is wrong with the whole form now.
    fn check(&self) -> FieldErrors {
        untrack(|| self.fields.form()).check().err().unwrap_or_default()
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
    fn questions(self) -> AnyView {
        let Self {
            fields, errors, step, ..
        } = self;
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
            <div class="step" hidden=hidden(LAST)>{read_through(fields)}</div>
        }
        .erased()
    }
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
            {line("详细地址", fields.address)}
            {line("经办人", fields.operator)}
            {line("手机号", fields.phone)}
            {line("账号名", fields.login)}
        </dl>
        <p class="small muted">"有不对的，按“上一步”改。提交以后要在手机上绑定动态验证码，再上传营业执照办理单位实名认证。"</p>
    }
    .erased()
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

/// What concerns the form as a whole: no network, an answer without a field, a unit that is already there.
fn notice(wizard: Wizard) -> AnyView {
    let online = use_online();
    (move || match (online.get(), wizard.sent.value().get()) {
        (_, Some(Err(ApiError::Transport))) | (false, _) => view! {
            <Banner tone=Tone::Warn icon=LuWifiOff title="没有网络">
                <span>"填好的内容都还在（密码除外）。连上网后再按“提交注册”。"</span>
            </Banner>
        }
        .erased(),
        (true, Some(Err(ApiError::Invalid { errors }))) if errors.of("credit_code").is_some() => view! {
            <Banner tone=Tone::Info icon=LuInfo title="单位以前注册过？">
                <a class="btn" href="/sign-in">"去登录"</a>
            </Banner>
        }
        .erased(),
        (true, Some(Err(error))) if !matches!(error, ApiError::Invalid { .. }) => {
            view! { <Banner tone=Tone::Bad icon=LuInfo title=error.message() /> }.erased()
        }
        _ => ().into_any(),
    })
    .into_any()
}
