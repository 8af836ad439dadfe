//! The application to read: on the host's page where it is sealed, and on the agency's page of the host.

use crate::ui::{EmptyState, Erased, Tone};
use domain::certification::{CertificationForm, CertificationState};
use domain::review::Plan;
use icondata_lu::LuBuilding2;
use leptos::prelude::*;

/// The tone of a state.
pub(crate) const fn tone(state: CertificationState) -> Tone {
    match state {
        CertificationState::Draft => Tone::Plain,
        CertificationState::Submitted => Tone::Info,
        CertificationState::Certified => Tone::Ok,
        CertificationState::Rectifying => Tone::Warn,
        CertificationState::Rejected | CertificationState::CleanedOut | CertificationState::Disqualified => Tone::Bad,
    }
}

/// What the chip of a returned application says.
pub(crate) const RETURNED: &str = "已退回，请修改";

/// What stands instead of a form that would be refused, with the way out.
pub(crate) fn closed(title: &'static str, next: String) -> AnyView {
    view! {
        <section class="card">
            <EmptyState icon=LuBuilding2 title>
                <p>{next}</p>
                <a class="btn" href="/host/unit">"去单位资料"</a>
            </EmptyState>
        </section>
    }
    .erased()
}

/// The name of the chosen plan.
pub(super) fn plan_label(form: &CertificationForm) -> &'static str {
    Plan::from_code(&form.plan).map_or("还没有选", Plan::label)
}

/// One line a profession.
pub(super) fn needs(form: &CertificationForm) -> Vec<String> {
    form.needs
        .iter()
        .map(|row| {
            let note = if row.note.trim().is_empty() {
                String::new()
            } else {
                format!("（{}）", row.note.trim())
            };
            format!("{}，{} 人{note}", row.profession.trim(), row.people.trim())
        })
        .collect()
}

/// One line a mentor.
pub(super) fn mentors(form: &CertificationForm) -> Vec<String> {
    form.mentors
        .iter()
        .map(|row| {
            format!(
                "{}，{}，从业 {} 年",
                row.name.trim(),
                row.title.trim(),
                row.years.trim()
            )
        })
        .collect()
}

/// One line a member of staff.
pub(super) fn staff(form: &CertificationForm) -> Vec<String> {
    form.staff
        .iter()
        .map(|row| format!("{}，{}", row.name.trim(), row.position.trim()))
        .collect()
}

/// Lines below each other.
pub(super) fn lines(lines: Vec<String>) -> AnyView {
    if lines.is_empty() {
        return view! { <span class="muted">"还没有填"</span> }.erased();
    }
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! { <ul class="plain-lines">{lines}</ul> }.erased()
}

/// A text as it was typed, with its line breaks.
pub(super) fn text(text: &str) -> AnyView {
    if text.trim().is_empty() {
        return view! { <span class="muted">"还没有填"</span> }.erased();
    }
    view! { <p class="typed">{text.to_owned()}</p> }.erased()
}

/// The value of one field.
pub(super) fn value(form: &CertificationForm, field: &str) -> AnyView {
    match field {
        "plan" => text(plan_label(form)),
        "profile" => text(&form.profile),
        "insured_employees" if !form.insured_employees.trim().is_empty() => {
            text(&format!("{} 人", form.insured_employees.trim()))
        }
        "needs" => lines(needs(form)),
        "mentors" => lines(mentors(form)),
        "staff" => lines(staff(form)),
        _ => text(""),
    }
}
