//! Facts with what was checked about them, and papers.

use crate::ui::{Chip, Erased, Tone, attr};
use domain::review::{CaseView, Check, CheckResult, FactView, PaperView};
use leptos::prelude::*;

/// The facts; a check stands beside the fact that it is about, the rest below.
pub(super) fn list(case: &CaseView) -> AnyView {
    let rows = case
        .facts
        .iter()
        .map(|fact| {
            let checks = case
                .checks
                .iter()
                .filter(|check| check.field == fact.field)
                .map(chip)
                .collect_view();
            row(fact, checks.into_any())
        })
        .collect_view();
    let others = case
        .checks
        .iter()
        .filter(|check| case.facts.iter().all(|fact| fact.field != check.field))
        .map(|check| view! { <li>{chip(check)}</li> }.into_any())
        .collect_view();
    view! {
        <dl class="facts">{rows}</dl>
        <ul class="stack checks">{others}</ul>
    }
    .into_any()
}

fn row(fact: &FactView, checks: AnyView) -> AnyView {
    view! {
        <dt>{fact.label.clone()}</dt>
        <dd>
            <span class="said">{fact.value.clone()}</span>" "{changed(fact.changed)}{checks}
        </dd>
    }
    .into_any()
}

fn changed(changed: bool) -> Option<AnyView> {
    changed.then(|| view! { <Chip tone=Tone::Info>"已补正"</Chip> }.into_any())
}

fn chip(check: &Check) -> AnyView {
    let tone = match check.result {
        CheckResult::Passed => Tone::Ok,
        CheckResult::Look => Tone::Warn,
        CheckResult::Failed => Tone::Bad,
    };
    let words = check.words.clone();
    view! { <span class="check"><Chip tone>{words}</Chip></span> }.erased()
}

/// The papers, each opened by itself.
pub(super) fn papers(case: &CaseView) -> Option<AnyView> {
    if case.papers.is_empty() {
        return None;
    }
    let rows = case.papers.iter().map(paper).collect_view();
    Some(
        view! {
            <div class="rule stack">
                <h3>"材料"</h3>
                <ul class="list">{rows}</ul>
            </div>
        }
        .erased(),
    )
}

fn paper(paper: &PaperView) -> AnyView {
    view! {
        <li class="row between wrap">
            <a href=["/files/", &paper.file].concat() rel="external" {..attr("target", "_blank")}>{paper.label.clone()}</a>
            {changed(paper.changed)}
        </li>
    }
    .erased()
}
