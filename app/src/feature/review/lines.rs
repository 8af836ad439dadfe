//! The lines of the queue.

use super::bulk::Bulk;
use super::queue::Asked;
use crate::ui::{Chip, DataTable, EmptyState, Erased, Tone, attr};
use domain::review::{CaseState, Due, QueueBox, QueueRow, QueueView};
use domain::value::month_day_label;
use icondata_lu::{LuInbox, LuSearchX};
use leptos::prelude::*;

/// The table with the way to the next page.
pub(super) fn table(asked: &Asked, queue: QueueView, case: Memo<String>, bulk: Bulk) -> AnyView {
    if queue.rows.is_empty() {
        return empty(asked);
    }
    let ticks = queue.may_decide && asked.folder() == QueueBox::Open && queue.rows.iter().any(|row| row.bulk);
    let next = queue.next.map(|after| asked.following(after));
    let rows = queue
        .rows
        .into_iter()
        .map(|row| line(asked, row, case, ticks.then_some(bulk)))
        .collect_view();
    view! {
        <section class="card flush cases">
            <DataTable label="审核事项">
                <thead {..attr("role", "rowgroup")}>
                    <tr {..attr("role", "row")}>
                        {ticks.then(|| view! { <th {..attr("role", "columnheader")} {..attr("scope", "col")}><span class="sr">"选择"</span></th> }.erased())}
                        <th {..attr("role", "columnheader")} {..attr("scope", "col")}>"事项"</th>
                        <th {..attr("role", "columnheader")} {..attr("scope", "col")}>"提交"</th>
                        <th {..attr("role", "columnheader")} {..attr("scope", "col")}>"时限"</th>
                        <th {..attr("role", "columnheader")} {..attr("scope", "col")}>"阶段"</th>
                    </tr>
                </thead>
                <tbody {..attr("role", "rowgroup")}>{rows}</tbody>
            </DataTable>
            {next.map(|href| view! { <p class="more"><a class="btn line s" href=href>"下一页"</a></p> }.erased())}
        </section>
    }
    .erased()
}

fn line(asked: &Asked, row: QueueRow, case: Memo<String>, bulk: Option<Bulk>) -> AnyView {
    let href = asked.choosing(row.id);
    let id = row.id.to_string();
    let current = Memo::new(move |_| case.with(|case| *case == id));
    let title = format!("{} · {}", row.kind.label(), row.subject);
    let (due_tone, due_words) = due(row.due, row.state);
    let stage = match &row.agency {
        Some(agency) => format!("{} · {agency}", row.purpose.label()),
        None => row.purpose.label().to_owned(),
    };
    let pick = bulk.map(|bulk| {
        let inside = row.bulk.then(|| bulk.tick(&row));
        view! { <td class="ticks" {..attr("role", "cell")}>{inside}</td> }.erased()
    });
    view! {
        <tr {..attr("role", "row")} class=move || if current.get() { "current" } else { "" }>
            {pick}
            <th class="what" {..attr("role", "rowheader")} {..attr("scope", "row")}>
                <a href=href class="case-link" {..attr("aria-current", move || current.get().then_some("true"))}>
                    <span class="name">{title}</span>
                    <span class="small muted">{row.detail}</span>
                </a>
            </th>
            <td class="small num nowrap" {..attr("role", "cell")} {..attr("data-label", "提交")}>{month_day_label(row.submitted_on)}</td>
            <td class="sum" {..attr("role", "cell")}><Chip tone=due_tone>{due_words}</Chip></td>
            <td class="small" {..attr("role", "cell")}>{stage}</td>
        </tr>
    }
    .erased()
}

/// The deadline as a chip: red when it is today or over, yellow for the last three working days. A day that may still move says
/// so.
pub(super) fn due(due: Option<Due>, state: CaseState) -> (Tone, String) {
    let Some(due) = due else {
        return (tone(state), state.label().to_owned());
    };
    let tone = match due.left {
        left if due.overdue || left == 0 => Tone::Bad,
        left if left <= 3 => Tone::Warn,
        _ => Tone::Plain,
    };
    let maybe = if due.provisional { "（暂定）" } else { "" };
    (tone, [due.words().as_str(), maybe].concat())
}

/// The tone of a state.
pub(super) const fn tone(state: CaseState) -> Tone {
    match state {
        CaseState::Submitted => Tone::Info,
        CaseState::Returned => Tone::Warn,
        CaseState::Approved => Tone::Ok,
        CaseState::Rejected => Tone::Bad,
    }
}

fn empty(asked: &Asked) -> AnyView {
    let (title, words) = match asked.folder() {
        _ if asked.is_narrowed() => ("没有符合条件的事项", "换一个范围，或清空查找条件再看。"),
        QueueBox::Open => ("没有待办事项", "有人提交后会出现在这里，并按时限排好。"),
        QueueBox::Returned => ("没有等待补正的事项", "退回的事项在对方重新提交之前放在这里。"),
        QueueBox::Escalated => ("下级没有超期的事项", "下级机构超过时限没有办理的事项会上报到这里。"),
        QueueBox::Done => ("还没有办结的事项", "本机构办理过并已办结的事项放在这里。"),
    };
    let narrowed = asked.is_narrowed();
    let icon = if narrowed { LuSearchX } else { LuInbox };
    view! {
        <section class="card">
            <EmptyState icon title>
                <p>{words}</p>
                {narrowed.then(|| view! { <a class="btn line" href="/cases">"看全部待办"</a> }.erased())}
            </EmptyState>
        </section>
    }
    .erased()
}
