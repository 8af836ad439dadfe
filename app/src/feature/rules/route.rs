//! `/rules/route`: the routing simulator. Which agency would decide, by which version of the rules, until when and why.

use super::route_answer::answers;
use super::{api, failed, tabs};
use crate::feature::division::DivisionPicker;
use crate::feature::form::{error_of, whole_of};
use crate::feature::host;
use crate::ui::Erased;
use crate::ui::{
    CheckField, Choice, DateField, EmptyState, ErrorSummary, PageHead, RadioCards, SelectField, StaffFrame,
    SubmitButton,
};
use domain::FieldErrors;
use domain::review::Plan;
use domain::rulepack::{MatterKind, NATIONAL, RulesView, Simulation, SimulationForm};
use icondata_lu::LuRoute;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;

/// `/rules/route`.
#[component]
pub fn RoutePage() -> impl IntoView {
    let rules = crate::api::read(|| (), |()| api::list());
    view! {
        <Title text="推送模拟"/>
        <StaffFrame current="/rules">
            <PageHead title="规则与日历" sub="一件事会推送给谁、什么时候到期、为什么；只是模拟，不会真的办理"/>
            {tabs("/rules/route")}
            <Suspense fallback=host::waiting>
                {move || Suspend::new(async move {
                    match rules.await {
                        Ok(rules) => view! { <Simulator rules/> }.into_any(),
                        Err(error) => failed("推送模拟", &error),
                    }
                })}
            </Suspense>
        </StaffFrame>
    }
}

/// The question as it is typed.
#[derive(Clone, Copy)]
struct Draft {
    kind: RwSignal<String>,
    plan: RwSignal<String>,
    division: RwSignal<String>,
    day: RwSignal<String>,
    is_forwarded: RwSignal<bool>,
    forwarded_to: RwSignal<String>,
    compare: RwSignal<String>,
}

impl Draft {
    fn new(today: String) -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        Self {
            kind: text(MatterKind::Certification.code()),
            plan: text(Plan::County.code()),
            division: text(""),
            day: RwSignal::new(today),
            is_forwarded: RwSignal::new(false),
            forwarded_to: text(""),
            compare: text(""),
        }
    }

    fn kind(self) -> Option<MatterKind> {
        MatterKind::from_code(&self.kind.get())
    }

    fn form(self) -> SimulationForm {
        SimulationForm {
            kind: self.kind.get(),
            plan: self.plan.get(),
            division: self.division.get(),
            day: self.day.get(),
            // Forwarded, but to no county yet: the check then asks for it.
            forwarded_to: match (self.is_forwarded.get(), self.forwarded_to.get()) {
                (false, _) => String::new(),
                (true, county) if county.is_empty() => "?".to_owned(),
                (true, county) => county,
            },
            compare: self.compare.get(),
        }
    }
}

#[component]
fn Simulator(rules: RulesView) -> impl IntoView {
    let draft = Draft::new(rules.today.to_string());
    let errors = RwSignal::new(FieldErrors::default());
    let busy = RwSignal::new(false);
    let answer = RwSignal::new(None::<Simulation>);
    let ask = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let form = untrack(|| draft.form());
        if let Err(wrong) = form.check() {
            errors.set(wrong);
            return;
        }
        errors.set(FieldErrors::default());
        busy.set(true);
        spawn_local(async move {
            let said = api::simulate(form).await;
            busy.try_set(false);
            match said {
                Ok(simulation) => {
                    answer.try_set(Some(simulation));
                }
                Err(crate::api::ApiError::SignIn) => host::leave_for_sign_in(),
                Err(error) => {
                    errors.try_set(error.for_form());
                }
            }
        });
    };
    let said = move || match answer.get() {
        Some(simulation) => answers(simulation),
        None => view! {
            <section class="card">
                <EmptyState icon=LuRoute title="还没有模拟">
                    <p>"选好要办的事、地址和日期，点“模拟”。"</p>
                </EmptyState>
            </section>
        }
        .erased(),
    };
    view! {
        <div class="split even">
            <form class="card form" novalidate=true on:submit=ask>
                <ErrorSummary errors=whole_of(errors)/>
                {fields(draft, errors, rules)}
                <SubmitButton label="模拟" busy_label="正在模拟…" busy/>
            </form>
            <div class="stack" role="status">{said}</div>
        </div>
    }
}

fn fields(draft: Draft, errors: RwSignal<FieldErrors>, rules: RulesView) -> AnyView {
    let kinds: Vec<Choice> = MatterKind::ALL
        .into_iter()
        .map(|kind| Choice::new(kind.code(), kind.label()))
        .collect();
    let plans: Vec<Choice> = Plan::ALL
        .into_iter()
        .map(|plan| Choice::new(plan.code(), plan.label()))
        .collect();
    let plans = Signal::stored(plans);
    let regions: Vec<Choice> = rules
        .regions
        .into_iter()
        .filter(|line| line.region != NATIONAL)
        .map(|line| Choice::new(line.region, line.name))
        .collect();
    let has_plan = move || draft.kind().is_some_and(MatterKind::has_plan);
    let plan = move || {
        has_plan().then(|| {
            view! {
                <SelectField label="见习单位参加的计划" name="plan" value=draft.plan options=plans error=error_of(errors, "plan")/>
            }
        })
    };
    let forwarding = move || {
        draft.kind().is_some_and(MatterKind::may_be_forwarded).then(|| {
            view! {
                <CheckField name="is_forwarded" value=draft.is_forwarded>"岗位已由市级推送给县级"</CheckField>
                {move || draft.is_forwarded.get().then(|| view! {
                    <fieldset class="form">
                        <legend>"推送到哪个县"</legend>
                        <DivisionPicker value=draft.forwarded_to error=error_of(errors, "forwarded_to")
                            names=["forwarded_province", "forwarded_city", "forwarded_to"]/>
                    </fieldset>
                })}
            }
        })
    };
    view! {
        <RadioCards label="要办的事" name="kind" value=draft.kind options=kinds error=error_of(errors, "kind") pills=true/>
        {plan}
        <fieldset class="form">
            <legend>"地址（单位看经营地址，个人看常住地址）"</legend>
            <DivisionPicker value=draft.division error=error_of(errors, "division")
                names=["division_province", "division_city", "division"]/>
        </fieldset>
        {forwarding}
        <DateField label="收到的日期" name="day" value=draft.day error=error_of(errors, "day") hint="当天不算，从下一个工作日数起"/>
        <SelectField label="再按哪个地区的规则对比" name="compare" value=draft.compare options=Signal::stored(regions)
            error=error_of(errors, "compare") placeholder="不对比" required=false/>
    }
    .erased()
}
