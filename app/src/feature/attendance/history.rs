//! 签到记录: one's own check-ins by week, what each counts for, and what a missed week means.

use super::api;
use super::record::Record;
use super::today::unreadable_page;
use crate::device::online::{use_kept_copy, use_online};
use crate::ui::Erased;
use crate::ui::{Banner, Chip, EmptyState, Shape, Skeleton, Tone, TopBar, TraineeFrame};
use domain::Week;
use domain::attendance::{HistoryView, HistoryWeek};
use domain::value::day_label;
use icondata_lu::{LuHistory, LuWifiOff};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let history = crate::api::read(|| (), |()| api::history());
    view! {
        <Title text="签到记录"/>
        <Suspense fallback=loading>
            {move || Suspend::new(async move {
                match history.await {
                    Ok(view) => screen(view),
                    Err(error) => unreadable_page("/history", "签到记录", error, move || history.refetch()),
                }
            })}
        </Suspense>
    }
}

fn loading() -> AnyView {
    let header = view! { <TopBar title="签到记录"/> }.erased();
    view! {
        <TraineeFrame current="/history" header>
            <p class="sr" role="status">"正在读取"</p>
            <Skeleton shape=Shape::Card/>
            <Skeleton shape=Shape::Card/>
        </TraineeFrame>
    }
    .erased()
}

fn screen(history: HistoryView) -> AnyView {
    let (online, kept) = (use_online(), use_kept_copy());
    let as_of = history.as_of;
    let last_week = Week::of(as_of.day()).previous().monday();
    let header = view! { <TopBar title="签到记录"/> }.erased();
    let empty = history.weeks.is_empty();
    let begun = history.internship.is_some();
    view! {
        <TraineeFrame current="/history" header>
            {move || (kept.get() || !online.get()).then(|| {
                let title = format!("没有网络 · 显示的是 {} {} 的内容", day_label(as_of.day()), as_of.clock());
                view! {
                    <Banner tone=Tone::Warn icon=LuWifiOff title>
                        <a class="btn s line" rel="external" href="/history">"重新读取"</a>
                    </Banner>
                }
            })}
            {history.internship.map(|internship| view! { <p class="small muted">{internship}</p> })}
            {empty.then(|| nothing(begun))}
            {history.weeks.into_iter().map(|week| {
                let last = week.monday == last_week;
                week_card(week, last)
            }).collect_view()}
            {(!empty).then(what_missing_means)}
        </TraineeFrame>
    }
    .erased()
}

fn nothing(begun: bool) -> AnyView {
    let text = if begun {
        "见习开始后，每次签到都会记在这里。"
    } else {
        "有了见习单位、签过到以后，每次签到都会记在这里。"
    };
    view! {
        <section class="card">
            <EmptyState icon=LuHistory title="还没有签到记录">
                <p>{text}</p>
                <a class="btn" href="/today">"去今天"</a>
            </EmptyState>
        </section>
    }
    .erased()
}

fn week_card(week: HistoryWeek, is_last: bool) -> AnyView {
    let (tone, state) = state_words(&week);
    let title = match (week.is_current, is_last) {
        (true, _) => format!("本周 · 第 {} 周", week.number),
        (false, true) => format!("上周 · 第 {} 周", week.number),
        (false, false) => format!("第 {} 周", week.number),
    };
    let note = note(&week);
    view! {
        <section class="card stack">
            <div class="row between">
                <div>
                    <h2>{title}</h2>
                    <div class="small muted num">{Week::of(week.monday).label()}</div>
                </div>
                <Chip tone>{state}</Chip>
            </div>
            {(!week.check_ins.is_empty()).then(|| view! {
                <ul class="list">
                    {week.check_ins.into_iter().map(|check_in| view! { <Record check_in with_day=true/> }).collect_view()}
                </ul>
            })}
            {note.map(|note| view! { <p class="small muted">{note}</p> })}
        </section>
    }
    .erased()
}

fn state_words(week: &HistoryWeek) -> (Tone, String) {
    let quota = week.quota;
    match (quota.required, quota.missing(), week.is_current) {
        (0, _, _) => (Tone::Plain, "不用签到".to_owned()),
        (_, 0, _) => (Tone::Ok, "达标".to_owned()),
        (required, _, true) => (Tone::Warn, format!("{} / {required} 次", quota.counted)),
        (_, missing, false) => (Tone::Bad, format!("缺 {missing} 次")),
    }
}

/// What to do, or what it means, where the chip alone does not say it.
fn note(week: &HistoryWeek) -> Option<String> {
    use domain::attendance::CheckInState;
    let waiting = week
        .check_ins
        .iter()
        .any(|check_in| check_in.state == CheckInState::Waiting);
    match (week.quota.missing(), week.is_current) {
        (0, _) => None,
        (missing, true) => Some(format!("周日 24:00 前还要在 {missing} 个不同的日子签到。")),
        (_, false) if waiting => Some("有签到在等单位确认，确认后会计入这一周。可以提醒单位经办人。".to_owned()),
        (_, false) => Some("这一周没有签够。有特殊情况请告诉单位经办人。".to_owned()),
    }
}

/// CQ 三(一)1: a run of missed reports makes the county verify the host.
fn what_missing_means() -> AnyView {
    view! {
        <section class="card stack">
            <h2>"少签了会怎样"</h2>
            <p class="small">"同一天签几次只算一次。一周没有签够，会记为缺报；连续缺报多次，县就业中心会找单位核实考勤。补上下一周的签到，就能让连续缺报停下来。"</p>
        </section>
    }
    .erased()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::attendance::WeekQuota;
    use domain::value::parse_day;

    fn week(required: u32, counted: u32, is_current: bool) -> HistoryWeek {
        HistoryWeek {
            number: 9,
            monday: parse_day("2026-11-16").unwrap(),
            is_current,
            quota: WeekQuota { required, counted },
            check_ins: Vec::new(),
        }
    }

    #[test]
    fn a_week_names_what_it_lacks_only_when_it_is_over() {
        assert_eq!(state_words(&week(2, 1, true)), (Tone::Warn, "1 / 2 次".to_owned()));
        assert_eq!(state_words(&week(2, 1, false)), (Tone::Bad, "缺 1 次".to_owned()));
        assert_eq!(state_words(&week(2, 3, true)), (Tone::Ok, "达标".to_owned()));
        assert_eq!(state_words(&week(0, 0, false)), (Tone::Plain, "不用签到".to_owned()));
        assert!(note(&week(2, 1, true)).is_some_and(|note| note.contains("1 个不同的日子")));
        assert_eq!(note(&week(2, 2, false)), None);
    }
}
