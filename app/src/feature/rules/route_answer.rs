//! What the routing simulator answers: the way under each region's rules, stage after stage.

use crate::ui::Erased;
use crate::ui::{Banner, Chip, Tone};
use domain::Day;
use domain::rulepack::{Answer, SimulatedStage, Simulation};
use domain::value::{add_days, day_label, full_day_label, month_day_label};
use icondata_lu::LuTriangleAlert;
use leptos::prelude::*;

/// The answers, one card each.
pub(super) fn answers(simulation: Simulation) -> AnyView {
    let cards = simulation
        .answers
        .into_iter()
        .enumerate()
        .map(|(at, answer)| card(answer, at > 0))
        .collect_view();
    view! {
        <p class="small muted">{simulation.address}" · "{full_day_label(simulation.day)}"收到 · 按每一步都用满期限计算"</p>
        {cards}
    }
    .erased()
}

fn card(answer: Answer, is_other: bool) -> AnyView {
    let title = if is_other {
        ["如果按", &answer.rules, "的规则"].concat()
    } else {
        ["按", &answer.rules, "的规则"].concat()
    };
    let body = match answer.way {
        Err(sentence) => view! {
            <Banner tone=Tone::Warn icon=LuTriangleAlert title="不能推送"><span>{sentence}</span></Banner>
        }
        .into_any(),
        Ok(way) => {
            let stages = way.stages.into_iter().map(stage).collect_view();
            view! {
                <p>{way.reason}</p>
                <ol class="steps">{stages}</ol>
            }
            .erased()
        }
    };
    view! {
        <section class="card stack">
            <div class="row between wrap">
                <h2>{title}</h2>
                <span class="small muted num">"规则版本 "{answer.basis}</span>
            </div>
            {body}
        </section>
    }
    .erased()
}

fn stage(stage: SimulatedStage) -> AnyView {
    let limit = format!("{} 个工作日，{}前办结", stage.workdays, day_label(stage.due));
    let off = (!stage.skipped.is_empty()).then(|| ["跳过放假：", &spans(&stage.skipped)].concat());
    let made_up = (!stage.made_up.is_empty()).then(|| ["补班算工作日：", &spans(&stage.made_up)].concat());
    let notes = off.into_iter().chain(made_up).collect::<Vec<_>>().join("；");
    view! {
        <li>
            <div class="row wrap tight">
                <b>{stage.agency}</b>
                <Chip>{stage.purpose}</Chip>
                {stage.provisional.then(|| view! { <Chip tone=Tone::Warn>"日期暂定"</Chip> })}
            </div>
            <div>{limit}</div>
            <div class="small muted">"从 "{day_label(stage.from)}" 的下一个工作日数起"{(!notes.is_empty()).then(|| ["。", &notes].concat())}</div>
            {stage.provisional.then(|| view! {
                <div class="small muted">"涉及的年份还没有导入国务院的放假安排，导入后日期可能变动。"</div>
            })}
        </li>
    }
    .erased()
}

/// `9月25日至27日、10月1日至7日`: days in a row as one.
fn spans(days: &[Day]) -> String {
    let mut spans: Vec<(Day, Day)> = Vec::new();
    for day in days {
        match spans.last_mut() {
            Some((_, last)) if add_days(*last, 1) == *day => *last = *day,
            _ => spans.push((*day, *day)),
        }
    }
    let words: Vec<String> = spans
        .into_iter()
        .map(|(first, last)| {
            if first == last {
                month_day_label(first)
            } else if first.month() == last.month() {
                format!("{}至{}日", month_day_label(first), last.day())
            } else {
                format!("{}至{}", month_day_label(first), month_day_label(last))
            }
        })
        .collect();
    words.join("、")
}

#[cfg(test)]
mod tests {
    use super::spans;

    #[test]
    fn days_in_a_row_are_one_span() {
        let days = ["2026-09-25", "2026-09-26", "2026-10-01", "2026-12-31", "2027-01-01"];
        let days: Vec<_> = days.iter().map(|day| day.parse().unwrap()).collect();
        assert_eq!(spans(&days), "9月25日至26日、10月1日、12月31日至1月1日");
    }
}
