//! A registration in steps on the screen: one step at a time, forward and back, what was typed kept in this tab, an error
//! leading to its step. What is asked and what is wrong says each registration.

use super::form::{PostForm, focus_first};
use super::steps::Steps;
use crate::api::{ApiError, Read, go};
use crate::device::online::use_online;
use crate::feature::account::solo::Solo;
use crate::ui::{Banner, Erased, Icon, Stepper, SubmitButton, Tone, awaited};
use domain::FieldErrors;
use icondata_lu::{LuCircleCheck, LuInfo, LuWifiOff};
use leptos::html;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use serde::de::DeserializeOwned;
use std::future::Future;

/// The page of a registration: its form once it is known what it starts with, or why it is not and another try.
pub fn page<T, F>(
    (title, sub): (&'static str, &'static str),
    start: Read<Result<T, ApiError>>,
    form: impl Fn(T) -> F + Clone + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + DeserializeOwned + Send + 'static,
    F: Future<Output = AnyView> + Send + 'static,
{
    let screen = move || {
        let form = form.clone();
        async move {
            match start.await {
                Ok(opening) => form(opening).await,
                Err(error) => view! {
                    <Banner icon=LuWifiOff title=error.message()>
                        <button type="button" class="btn" on:click=move |_| start.refetch()>"再试一次"</button>
                    </Banner>
                }
                .erased(),
            }
        }
    };
    view! {
        <Title text=title />
        <Solo title=title sub=sub>{awaited(|| ().into_any(), screen)}</Solo>
    }
    .erased()
}

/// What a registration brings.
#[derive(Clone, Copy)]
pub struct Wizard {
    /// Its steps.
    pub steps: Steps,
    /// Their names: [`Steps::names`].
    pub names: &'static [&'static str],
    /// Where a browser without our code sends the form.
    pub url: &'static str,
    /// On the last button: 提交登记.
    pub submit: &'static str,
    /// Fields whose refusal means that somebody is registered already, and what to ask then.
    pub known: (&'static [&'static str], &'static str),
    /// Errors on the screen.
    pub errors: RwSignal<FieldErrors>,
    /// What is wrong with the whole form now.
    pub check: Callback<(), FieldErrors>,
    /// Sends the form.
    pub send: Callback<()>,
    /// Whether it is on its way.
    pub sending: Signal<bool>,
    /// The answer: where to go next.
    pub answer: Signal<Option<Result<String, ApiError>>>,
    /// Fills in what this tab kept.
    pub recall: Callback<()>,
    /// Keeps what is typed, following every field; whether there is anything to keep.
    pub keep: Callback<(), bool>,
    /// Forgets what was kept: the registration is through.
    pub forget: fn(),
}

impl Wizard {
    /// The card. All questions are in the page and only those of the current step are shown, so that nothing typed is lost
    /// between steps.
    pub fn card(self, questions: impl FnOnce(Memo<usize>) -> AnyView) -> AnyView {
        let Self { steps, names, .. } = self;
        let query = use_query_map();
        let step = Memo::new(move |_| query.with(|query| steps.of_address(query.get("step").as_deref())));
        let kept = RwSignal::new(false);
        let heading = NodeRef::<html::H2>::new();
        let show = steps.show();
        self.keep_what_is_typed(step, kept, show);
        self.follow_answer(step, show);
        steps.focus_new(step, self.errors, heading);
        let forward = Callback::new(move |()| self.forward(step, show));
        let busy = Signal::derive(move || self.sending.get() || self.is_through());
        let questions = questions(step);
        view! {
            <section class="card lift">
                <PostForm action=self.url on_submit=forward>
                    <Stepper step=Signal::derive(move || step.get() + 1) names/>
                    <h2 tabindex="-1" node_ref=heading>{move || steps.title(step.get())}</h2>
                    {self.notice()}
                    {questions}
                    <div class="nav-row">
                        {move || step.get().checked_sub(1).map(|before| view! {
                            <button type="button" class="btn line" on:click=move |_| show.run((before, false))>"上一步"</button>
                        })}
                        {move || if step.get() == steps.last() {
                            view! { <SubmitButton label=self.submit busy=busy busy_label="正在提交…" /> }.erased()
                        } else {
                            view! { <SubmitButton label="下一步" /> }.erased()
                        }}
                    </div>
                    <p class="saved" role="status">
                        {move || kept.get().then(|| view! { <Icon icon=LuCircleCheck />"填好的内容已存在这台设备上（密码除外）" })}
                    </p>
                </PostForm>
            </section>
        }
        .erased()
    }

    fn is_through(self) -> bool {
        self.answer.with(|answer| matches!(answer, Some(Ok(_))))
    }

    /// The button: on to the next step, or back to the first one that has an error, or off to the server.
    fn forward(self, step: Memo<usize>, show: Callback<(usize, bool)>) {
        let now = step.get_untracked();
        let reached = self.steps.up_to(&self.check.run(()), now);
        self.errors.set(reached.clone());
        if let Some(first) = self.steps.first_wrong(&reached) {
            self.lead_to(first, now, &reached, show);
        } else if now < self.steps.last() {
            show.run((now + 1, false));
        } else {
            self.send.run(());
        }
    }

    fn lead_to(self, first: usize, now: usize, errors: &FieldErrors, show: Callback<(usize, bool)>) {
        if first != now {
            show.run((first, false));
        }
        focus_first(&self.steps.only(errors, first));
    }

    /// Fills in what this tab kept, then keeps every change. A step whose questions before it are not answered leads back.
    fn keep_what_is_typed(self, step: Memo<usize>, kept: RwSignal<bool>, show: Callback<(usize, bool)>) {
        Effect::new(move |ran: Option<()>| {
            if ran.is_none() {
                self.recall.run(());
                let first = self.steps.first_wrong(&self.check.run(())).unwrap_or(self.steps.last());
                if step.get_untracked() > first {
                    show.run((first, true));
                }
            }
            // After the registration there is nothing left to keep.
            if !self.is_through() {
                kept.set(self.keep.run(()));
            }
        });
    }

    /// Success leads on; an error leads to the step that it belongs to.
    fn follow_answer(self, step: Memo<usize>, show: Callback<(usize, bool)>) {
        Effect::new(move || match self.answer.get() {
            Some(Ok(path)) => {
                (self.forget)();
                go(&path);
            }
            Some(Err(ApiError::Invalid { errors })) => {
                self.errors.set(errors.clone());
                if let Some(first) = self.steps.first_wrong(&errors) {
                    self.lead_to(first, step.get_untracked(), &errors, show);
                }
            }
            Some(Err(_)) | None => {}
        });
    }

    /// What concerns the form as a whole: no network, an answer without a field, somebody who is there already.
    fn notice(self) -> AnyView {
        let online = use_online();
        let (known, question) = self.known;
        (move || match (online.get(), self.answer.get()) {
            (_, Some(Err(ApiError::Transport))) | (false, _) => view! {
                <Banner tone=Tone::Warn icon=LuWifiOff title="没有网络">
                    <span>{format!("填好的内容都还在（密码除外）。连上网后再按“{}”。", self.submit)}</span>
                </Banner>
            }
            .erased(),
            (true, Some(Err(ApiError::Invalid { errors }))) => {
                if known.iter().any(|field| errors.of(field).is_some()) {
                    view! {
                        <Banner tone=Tone::Info icon=LuInfo title=question>
                            <a class="btn" href="/sign-in">"去登录"</a>
                        </Banner>
                    }
                    .erased()
                } else {
                    ().into_any()
                }
            }
            (true, Some(Err(error))) => view! { <Banner tone=Tone::Bad icon=LuInfo title=error.message() /> }.erased(),
            (true, Some(Ok(_)) | None) => ().into_any(),
        })
        .into_any()
    }
}
