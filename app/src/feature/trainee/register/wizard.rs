//! Registration in steps. The step stands in the address, so that the phone's back key leads to the step before; what was
//! typed is kept in this tab and survives reload and lost network.

use super::api::{Opening, Register};
use super::fields::{self, Fields};
use super::questions;
use crate::api::{ApiError, go};
use crate::device::online::use_online;
use crate::feature::form::{PostForm, focus_first};
use crate::ui::Erased;
use crate::ui::{Banner, Icon, Stepper, SubmitButton, Tone};
use domain::Day;
use domain::FieldErrors;
use domain::rulepack::RulePack;
use domain::trainee::RegisterForm;
use icondata_lu::{LuCircleCheck, LuInfo, LuWifiOff};
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use server_fn::ServerFn;

const NAMES: [&str; 4] = [
    RegisterForm::STEPS[0].0,
    RegisterForm::STEPS[1].0,
    RegisterForm::STEPS[2].0,
    RegisterForm::STEPS[3].0,
];
const LAST: usize = NAMES.len() - 1;

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
        step: Memo::new(move |_| query.with(|query| step_of(query.get("step").as_deref()))),
        ground: StoredValue::new((opening.today, opening.rules)),
        sent: ServerAction::<Register>::new(),
    };
    let kept = RwSignal::new(false);
    let heading = NodeRef::<html::H2>::new();
    let show = show_step();
    keep_what_is_typed(wizard, kept, show);
    follow_answer(wizard, show);
    focus_new_step(wizard, heading);
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
        let (now, all) = (self.step.get_untracked(), self.check());
        let reached = FieldErrors(
            all.0
                .into_iter()
                .filter(|error| step_of_field(&error.field) <= now)
                .collect(),
        );
        self.errors.set(reached.clone());
        if let Some(first) = reached.0.iter().map(|error| step_of_field(&error.field)).min() {
            if first != now {
                show.run((first, false));
            }
            focus_first(&only(&reached, first));
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

/// Goes to a step; `true` replaces the address instead of adding one.
fn show_step() -> Callback<(usize, bool)> {
    let navigate = use_navigate();
    Callback::new(move |(step, replace): (usize, bool)| {
        let path = if step == 0 {
            "/register".to_owned()
        } else {
            format!("/register?step={}", step + 1)
        };
        navigate(
            &path,
            NavigateOptions {
                replace,
                scroll: true,
                ..NavigateOptions::default()
            },
        );
    })
}

/// Fills in what this tab kept, then keeps every change. A step whose questions before it are not answered leads back.
fn keep_what_is_typed(wizard: Wizard, kept: RwSignal<bool>, show: Callback<(usize, bool)>) {
    Effect::new(move |ran: Option<()>| {
        if ran.is_none() {
            wizard.fields.recall();
            let first = wizard
                .check()
                .0
                .iter()
                .map(|error| step_of_field(&error.field))
                .min()
                .unwrap_or(LAST);
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
            if let Some(first) = errors.0.iter().map(|error| step_of_field(&error.field)).min() {
                if first != wizard.step.get_untracked() {
                    show.run((first, false));
                }
                focus_first(&only(&errors, first));
            }
        }
        Some(Err(_)) | None => {}
    });
}

/// A new step is announced: its first error takes the focus, or its title where nothing is wrong.
fn focus_new_step(wizard: Wizard, heading: NodeRef<html::H2>) {
    Effect::new(move |before: Option<usize>| {
        let now = wizard.step.get();
        if before.is_some_and(|before| before != now) {
            let wrong = wizard.errors.with_untracked(|errors| only(errors, now));
            if wrong.is_empty() {
                if let Some(heading) = heading.get_untracked() {
                    let _ = heading.focus();
                }
            } else {
                focus_first(&wrong);
            }
        }
        now
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

fn step_of(parameter: Option<&str>) -> usize {
    parameter
        .and_then(|text| text.parse::<usize>().ok())
        .unwrap_or(1)
        .clamp(1, NAMES.len())
        - 1
}

/// The step that asks for a field; an error without a known field belongs to the last one.
fn step_of_field(field: &str) -> usize {
    RegisterForm::STEPS
        .iter()
        .position(|(_, fields)| fields.contains(&field))
        .unwrap_or(LAST)
}

fn only(errors: &FieldErrors, step: usize) -> FieldErrors {
    FieldErrors(
        errors
            .0
            .iter()
            .filter(|error| step_of_field(&error.field) == step)
            .cloned()
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::{LAST, step_of, step_of_field};

    #[test]
    fn the_address_names_a_step_and_nonsense_the_first() {
        assert_eq!(step_of(Some("3")), 2);
        for nonsense in [None, Some(""), Some("0"), Some("-1"), Some("三")] {
            assert_eq!(step_of(nonsense), 0, "{nonsense:?}");
        }
        assert_eq!(step_of(Some("99")), LAST);
    }

    #[test]
    fn every_field_of_the_form_belongs_to_a_step() {
        for (field, step) in [
            ("phone", 0),
            ("unemployed_since", 1),
            ("residence", 2),
            ("consent_sensitive", LAST),
        ] {
            assert_eq!(step_of_field(field), step);
        }
    }
}
