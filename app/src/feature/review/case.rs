//! One case: who, the facts with their checks, the papers, the way, the history, and what can be decided now.

use super::decide::Decide;
use super::facts;
use super::lines::due;
use super::queue::Outcome;
use crate::feature::file::FilePapers;
use crate::ui::{Chip, Erased, attr};
use domain::review::{CaseState, CaseView, DecisionRecord, DecisionView, Proof, StageView};
use domain::value::{day_label, month_day_label};
use leptos::prelude::*;

/// The card of a case.
pub(super) fn panel(case: CaseView, outcome: Outcome, again: Callback<()>) -> AnyView {
    let (due_tone, due_words) = due(case.due, case.state);
    let provisional = case.due.is_some_and(|due| due.provisional);
    let id = format!("case-{}", case.id);
    let labelled = id.clone();
    let facts = facts::list(&case);
    let papers = facts::papers(&case);
    let waits = case.state == CaseState::Submitted;
    let steps = case.stages.iter().map(|one| stage(one, waits)).collect_view();
    let submitted = case.history.first().map(submitted);
    let history = case.history.iter().rev().map(entry).collect_view();
    view! {
        <section class="card stack case" {..attr("aria-labelledby", labelled)}>
            <div class="row between start">
                <div>
                    <h2 id=id>{case.subject.clone()}</h2>
                    <p class="small muted">{case.kind.label()}" · "{case.detail.clone()}</p>
                </div>
                <Chip tone=due_tone>{due_words}</Chip>
            </div>
            {case.escalated.then(|| view! { <p class="bad">{overdue(&case)}</p> }.erased())}
            {provisional.then(|| view! { <p class="small muted">"到期那一年的放假通知还没有公布，时限是暂定的，公布后会重新计算。"</p> }.erased())}
            {facts}
            {papers}
            <div class="rule stack">
                <h3>"办理流程"</h3>
                <ul class="steps">{submitted}{steps}</ul>
                <p class="small muted">{case.route.clone()}</p>
            </div>
            {case.may_not.clone().map(|why| view! { <p class="small muted rule">{why}</p> }.erased())}
            {(case.may.decide || case.may.revoke).then(|| view! { <Decide case=case.clone() outcome again/> })}
            <details class="rule">
                <summary>{format!("办理记录（{} 条）", case.history.len())}</summary>
                <ul class="list history">{history}</ul>
            </details>
        </section>
    }
    .erased()
}

fn submitted(first: &DecisionView) -> AnyView {
    view! {
        <li class="done">
            <b>"提交"</b>
            <div class="small muted num">{format!("{} · {}", [month_day_label(first.at.day()), first.at.clock()].join(" "), first.by)}</div>
        </li>
    }
    .erased()
}

/// Who has to act now, as the agency that was late and the one above read it.
fn overdue(case: &CaseView) -> String {
    let late = case.stages.iter().find(|stage| stage.current);
    match late.filter(|_| !case.may.decide) {
        Some(stage) => format!("已超期并上报上级机构，仍由{}办理，请上级督促。", stage.agency),
        None => "已超期并上报上级机构，请尽快办理。".to_owned(),
    }
}

/// A stage; its deadline only while the agency has to act.
fn stage(stage: &StageView, waits: bool) -> AnyView {
    let class = match (stage.passed_at.is_some(), stage.current) {
        (true, _) => "done",
        (false, true) => "now",
        (false, false) => "",
    };
    let when = match (stage.passed_at, stage.due) {
        (Some(at), _) => format!("{} · {} 通过", stage.agency, month_day_label(at.day())),
        (None, Some(due)) if waits => format!("{} · 截止 {}", stage.agency, day_label(due.day)),
        (None, _) => stage.agency.clone(),
    };
    view! {
        <li class={class} {..attr("aria-current", stage.current.then_some("step"))}>
            <b>{stage.purpose.label()}</b>
            <div class="small muted">{when}</div>
        </li>
    }
    .erased()
}

fn entry(decision: &DecisionView) -> AnyView {
    let who = match (&decision.agency, decision.purpose) {
        (Some(agency), Some(purpose)) => format!("{agency} {} · {}", decision.by, purpose.label()),
        (Some(agency), None) => format!("{agency} {}", decision.by),
        (None, _) => decision.by.clone(),
    };
    let fields = (!decision.fields.is_empty()).then(|| format!("需要补正：{}", decision.fields.join("、")));
    view! {
        <li class="stack">
            <div class="row between wrap">
                <b>{decision.verdict.label()}</b>
                <span class="small muted num">{[day_label(decision.at.day()), decision.at.clock()].join(" ")}</span>
            </div>
            <div class="small">{who}</div>
            {decision.reason.clone().map(|reason| view! { <p>{reason}</p> }.erased())}
            {fields.map(|fields| view! { <p class="small">{fields}</p> }.erased())}
            {decision.record.as_ref().map(record)}
            {photos(decision)}
            <p class="small muted hash">{format!("规则 {} · 内容指纹 {}", decision.basis, decision.snapshot_hash.get(..12).unwrap_or_default())}</p>
        </li>
    }
    .erased()
}

/// The photos of an inspection, opened over the page; how many there are, to whom they were not handed.
fn photos(decision: &DecisionView) -> Option<AnyView> {
    let count = decision.record.as_ref().map_or(0, |record| record.photos().len());
    if count == 0 {
        return None;
    }
    Some(if decision.photos.is_empty() {
        let words = format!("考察照片 {count} 份，只有经办机构可以打开");
        view! { <p class="small muted">{words}</p> }.erased()
    } else {
        view! { <FilePapers files=decision.photos.clone()/> }.erased()
    })
}

fn record(record: &DecisionRecord) -> AnyView {
    let lines: Vec<(&str, String)> = match record {
        DecisionRecord::Inspection {
            visited_on,
            visitors,
            premises,
            operation,
            needs,
            photos: _,
        } => vec![
            ("考察日期", day_label(*visited_on)),
            ("考察人", visitors.clone()),
            ("见习场所", premises.clone()),
            ("经营状况", operation.clone()),
            ("岗位需求", needs.clone()),
        ],
        DecisionRecord::Identity { proof, note } => {
            let how: Proof = *proof;
            vec![("核实方式", how.label().to_owned()), ("核实经过", note.clone())]
        }
    };
    let lines = lines
        .into_iter()
        .map(|(label, value)| view! { <dt>{label}</dt><dd>{value}</dd> }.into_any())
        .collect_view();
    view! { <dl class="facts">{lines}</dl> }.erased()
}
