//! The table of the board: one row per person, one cell per day. On the phone the stylesheet folds each person into a
//! name line and a week line; the table roles are written out because folding takes the built-in ones away.

use super::board_words::{cell, quota};
use crate::ui::Erased;
use crate::ui::{BoardCell, Chip, DataTable};
use domain::attendance::{BoardRow, BoardView};
use domain::value::{day_label, weekday_label};
use domain::{Day, Week};
use leptos::prelude::*;

/// Week × people, redrawn in place when the board changes.
#[component]
pub(super) fn Table(board: RwSignal<BoardView>) -> impl IntoView {
    move || board.with(|board| (!board.rows.is_empty()).then(|| table(board)))
}

fn table(board: &BoardView) -> AnyView {
    let class = match board.days.len() {
        0..=5 => "table board d5",
        6 => "table board d6",
        _ => "table board d7",
    };
    let week = Week::of(board.monday);
    let week_is_over = week.sunday() < board.today;
    let heads = board.days.iter().map(|day| head(*day, board.today)).collect_view();
    let rows = board
        .rows
        .iter()
        .map(|row| person(row, &board.days, week_is_over))
        .collect_view();
    let sum = if week.contains(board.today) { "本周" } else { "该周" };
    let label = [&week.label(), "每人每天的签到"].concat();
    view! {
        <section class="card flush">
            <DataTable label class>
                <thead role="rowgroup">
                    <tr role="row">
                        <th class="who" role="columnheader" scope="col">"见习人员"</th>
                        {heads}
                        <th class="sum c" role="columnheader" scope="col">{sum}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </DataTable>
        </section>
    }
    .erased()
}

fn head(day: Day, today: Day) -> impl IntoView {
    let short = format!("周{} {}", weekday_label(day), day.day());
    view! {
        <th class="c" role="columnheader" scope="col" aria-current=(day == today).then_some("date")>
            {short}
        </th>
    }
}

fn person(row: &BoardRow, days: &[Day], week_is_over: bool) -> impl IntoView + use<> {
    let (tone, words) = quota(row, week_is_over);
    let cells = row
        .cells
        .iter()
        .zip(days)
        .map(|(of_day, day)| {
            let (kind, text, spoken) = cell(of_day);
            view! { <BoardCell kind text label=[&day_label(*day), "：", &spoken].concat()/> }
        })
        .collect_view();
    view! {
        <tr role="row">
            <th class="who" role="rowheader" scope="row">
                <div class="name">{row.name.clone()}</div>
                <div class="small muted">{row.post.clone()}</div>
            </th>
            {cells}
            <td class="sum c" role="cell"><Chip tone>{words}</Chip></td>
        </tr>
    }
}
