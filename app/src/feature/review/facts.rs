//! Facts with what was checked about them, and papers.

use crate::feature::file::FilePapers;
use crate::ui::{Chip, Erased, Tone};
use domain::file::FileView;
use domain::review::{CaseState, CaseView, Check, CheckResult, FactView, PaperView};
use leptos::prelude::*;

/// Codes of the facts that are compared with what the papers say.
const COMPARED: [&str; 5] = ["name", "credit_code", "legal_representative", "operator", "id_card"];

/// The facts; a check stands beside the fact that it is about, the rest below. What somebody has to look at is said while
/// somebody can.
pub(super) fn list(case: &CaseView) -> AnyView {
    let open = matches!(case.state, CaseState::Submitted | CaseState::Returned);
    let checks: Vec<&Check> = case
        .checks
        .iter()
        .filter(|check| open || check.result != CheckResult::Look)
        .collect();
    let rows = case
        .facts
        .iter()
        .map(|fact| {
            let beside = checks
                .iter()
                .filter(|check| check.field == fact.field)
                .map(|check| chip(check))
                .collect_view();
            row(fact, beside.into_any())
        })
        .collect_view();
    let others = checks
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

/// The papers, opened over the page; those that only the deciding agencies may open are named.
pub(super) fn papers(case: &CaseView) -> Option<AnyView> {
    if case.papers.is_empty() {
        return None;
    }
    let files: Vec<FileView> = case.papers.iter().filter_map(|paper| paper.file.clone()).collect();
    let facts = case
        .facts
        .iter()
        .filter(|fact| COMPARED.contains(&fact.field.as_str()))
        .map(|fact| (fact.label.clone(), fact.value.clone()))
        .collect::<Vec<_>>();
    let elsewhere = case
        .papers
        .iter()
        .filter(|paper| paper.file.is_none())
        .map(paper)
        .collect_view();
    let mended = case
        .papers
        .iter()
        .filter(|paper| paper.changed)
        .map(paper)
        .collect_view();
    Some(
        view! {
            <div class="rule stack">
                <h3>"材料"</h3>
                <FilePapers files facts/>
                <ul class="list">{elsewhere}{mended}</ul>
            </div>
        }
        .erased(),
    )
}

fn paper(paper: &PaperView) -> AnyView {
    let words = if paper.file.is_some() {
        ""
    } else {
        "只有经办机构可以打开"
    };
    view! {
        <li class="row between wrap">
            <span>{paper.label.clone()}" "<span class="small muted">{words}</span></span>
            {changed(paper.changed)}
        </li>
    }
    .erased()
}
