//! `/rules/calendar?year=2027`: the working days of a year, and the import of the State Council's notice.

use super::flaws::{DocumentField, Draft, Flaws};
use super::{api, failed, tabs};
use crate::api::{ApiError, Read};
use crate::feature::host;
use crate::ui::Erased;
use crate::ui::{Banner, Chip, PageHead, Segment, Segmented, StaffFrame, SubmitButton, Tone};
use domain::Day;
use domain::calendar::{Calendar, DayMark, ImportedNotice, YearView, month_days};
use domain::review::MovedDue;
use domain::value::{day_label, full_day_label, month_day_label};
use icondata_lu::{LuCircleCheck, LuInfo, LuTriangleAlert};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The name under which an unfinished notice outlives a reload.
const KEPT: &str = "jianxi.calendar";

/// `/rules/calendar`.
#[component]
pub fn CalendarPage() -> impl IntoView {
    let query = use_query_map();
    let year = Memo::new(move |_| query.with(|query| query.get("year").and_then(|year| year.parse::<i16>().ok())));
    let calendar = crate::api::read(move || year.get(), api::calendar);
    let imported = RwSignal::new(None::<ImportedNotice>);
    view! {
        <Title text="工作日历"/>
        <StaffFrame current="/rules">
            <PageHead title="规则与日历" sub="所有期限和每周签到都按这里的工作日计算"/>
            {tabs("/rules/calendar")}
            <div role="status">{move || imported.get().map(told)}</div>
            <Transition fallback=host::waiting>
                {move || Suspend::new(async move {
                    match calendar.await {
                        Ok(view) => shown(view, calendar, imported),
                        Err(error) => failed("工作日历", &error),
                    }
                })}
            </Transition>
        </StaffFrame>
    }
}

fn told(imported: ImportedNotice) -> AnyView {
    let ImportedNotice {
        year,
        days_off,
        make_up_workdays,
        moved,
        more,
        ..
    } = imported;
    let href = format!("/rules/calendar?year={year}");
    view! {
        <Banner tone=Tone::Ok icon=LuCircleCheck title=format!("已导入 {year} 年：放假 {days_off} 天，补班 {make_up_workdays} 天")>
            {moves(&moved, more)}
            <a class="btn s" href=href>{format!("看 {year} 年")}</a>
        </Banner>
    }
    .erased()
}

/// Which open cases got another last day, and whether there are more to look at.
fn moves(moved: &[MovedDue], more: bool) -> AnyView {
    let rest = more.then(|| {
        view! { <span>"没有办结的事项较多，其余的由系统在后台继续调整，几分钟内完成；调整后对方会收到消息。"</span> }.erased()
    });
    if moved.is_empty() {
        let none = if more {
            "目前还没有事项的时限改变。"
        } else {
            "没有事项的时限因此改变。"
        };
        return view! { <span>{none}</span>{rest} }.into_any();
    }
    let lines = moved
        .iter()
        .map(|one| {
            let words = format!(
                "{} · {} · {}提交：{} → {}",
                one.agency,
                one.kind.label(),
                month_day_label(one.submitted_on),
                full_day_label(one.from),
                full_day_label(one.to)
            );
            view! { <li>{words}</li> }.erased()
        })
        .collect_view();
    view! {
        <span>{format!("{} 件没有办结的事项按新的日历调整了时限：", moved.len())}</span>
        <ul class="moved">{lines}</ul>
        {rest}
    }
    .into_any()
}

fn shown(
    view: YearView,
    read: Read<Result<YearView, ApiError>>,
    imported: RwSignal<Option<ImportedNotice>>,
) -> AnyView {
    let calendar = Calendar::new(view.notice.clone().into_iter().collect());
    let YearView { year, today, .. } = view;
    let segments: Vec<Segment> = view
        .years
        .iter()
        .map(|one| Segment {
            label: format!("{one} 年"),
            href: format!("/rules/calendar?year={one}"),
            current: *one == year,
        })
        .collect();
    let months = (1..=12)
        .map(|month| month_table(&calendar, year, month, today))
        .collect_view();
    let workdays = calendar.workdays_in(year);
    view! {
        <div class="row wrap between">
            <h2>{format!("{year} 年 · 共 {workdays} 个工作日")}</h2>
            <Segmented label="选择年份" segments=Signal::stored(segments)/>
        </div>
        {source(&view)}
        <div class="row wrap small" aria-hidden="true">
            <span class="cal-key off">"休"</span>"放假"<span class="cal-key work">"班"</span>"周末补班"
        </div>
        <div class="months">{months}</div>
        {view.may_import.then(|| view! { <Import year read imported/> })}
    }
    .erased()
}

/// Where the year's days come from; a year without a notice says that its dates may still move.
fn source(view: &YearView) -> AnyView {
    if view.notice.is_none() {
        return view! {
            <Banner tone=Tone::Warn icon=LuTriangleAlert title=format!("{} 年是暂定的", view.year)>
                <span>"国务院还没有公布或还没有导入这一年的放假安排，暂时按周一到周五计算。导入后，期限会重新计算。"</span>
            </Banner>
        }
        .erased();
    }
    let lines = view
        .imports
        .iter()
        .map(|import| {
            let who = match &import.imported_by {
                Some(name) => format!("{name} · {}导入", full_day_label(import.imported_at.day())),
                None => "系统内置".to_owned(),
            };
            view! {
                <li class="row between wrap">
                    <span>{import.source.clone()}" "<span class="small muted">{who}</span></span>
                    <Chip>{format!("第 {} 版", import.version)}</Chip>
                </li>
            }
            .erased()
        })
        .collect_view();
    view! { <section class="card stack"><h2>"依据"</h2><ul class="list">{lines}</ul></section> }.erased()
}

fn month_table(calendar: &Calendar, year: i16, month: i8, today: Day) -> AnyView {
    let days = month_days(year, month);
    let before = days
        .first()
        .map_or(0, |first| usize::try_from(first.days_since_monday()).unwrap_or(0));
    let cells: Vec<Option<Day>> = std::iter::repeat_n(None, before)
        .chain(days.into_iter().map(Some))
        .collect();
    let weeks = cells
        .chunks(7)
        .map(|week| {
            let cells = week.iter().map(|day| cell(calendar, *day, today)).collect_view();
            view! { <tr>{cells}</tr> }.erased()
        })
        .collect_view();
    let heads = ["一", "二", "三", "四", "五", "六", "日"]
        .map(|weekday| view! { <th scope="col"><span class="sr">"周"</span>{weekday}</th> }.erased())
        .into_iter()
        .collect_view();
    view! {
        <section class="card">
            <table class="cal">
                <caption>{format!("{month} 月")}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{weeks}</tbody>
            </table>
        </section>
    }
    .erased()
}

fn cell(calendar: &Calendar, day: Option<Day>, today: Day) -> AnyView {
    let Some(day) = day else {
        return view! { <td></td> }.erased();
    };
    let (class, mark, words) = match calendar.mark(day) {
        DayMark::DayOff => ("off", "休", "放假"),
        DayMark::MakeUp => ("work", "班", "补班，算工作日"),
        DayMark::Weekend => ("weekend", "", ""),
        DayMark::Workday => ("", "", ""),
    };
    let class = if day == today {
        [class, " today"].concat()
    } else {
        class.to_owned()
    };
    let is_marked = !mark.is_empty();
    let number = day.day().to_string();
    let spoken = is_marked.then(|| view! { <span class="sr">{day_label(day)}" "{words}</span> }.erased());
    view! {
        <td class=class>
            <span aria-hidden=is_marked.then_some("true")>{number}{is_marked.then(|| view! { <small>{mark}</small> })}</span>
            {spoken}
        </td>
    }
    .erased()
}

#[component]
fn Import(
    year: i16,
    read: Read<Result<YearView, ApiError>>,
    imported: RwSignal<Option<ImportedNotice>>,
) -> impl IntoView {
    let draft = Draft::new(format!("{KEPT}.{year}"), template(year));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if draft.busy.get_untracked() {
            return;
        }
        draft.busy.set(true);
        imported.set(None);
        let text = draft.text.get_untracked();
        spawn_local(async move {
            let answer = api::import(text).await;
            draft.busy.try_set(false);
            match answer {
                Ok(notice) => {
                    draft.forget();
                    imported.try_set(Some(notice));
                    read.refetch();
                }
                Err(error) => draft.refuse(error),
            }
        });
    };
    view! {
        <h2>"导入放假安排"</h2>
        <div class="split even">
            <form class="card form" novalidate=true on:submit=send>
                <DocumentField label="国务院通知（TOML）" hint="照通知写全部放假日和补班日，周末放假也要写上。" draft/>
                <div class="actions"><SubmitButton label="检查并导入" busy_label="正在检查…" busy=draft.busy class="btn"/></div>
            </form>
            <div class="stack">
                <Flaws draft/>
                <Banner tone=Tone::Info icon=LuInfo title="导入后立即生效">
                    <span>"同一年可以再次导入，以最后一次为准，以前的版本都留着。"</span>
                </Banner>
            </div>
        </div>
    }
}

fn template(year: i16) -> String {
    format!(
        "year = {year}\nsource = \"国务院办公厅关于{year}年部分节假日安排的通知\"\n\
         # 放假的每一天，含周末\ndays_off = [\n  \"{year}-01-01\",  # 元旦\n]\n\
         # 周六、周日补班的日子\nmake_up_workdays = []\n"
    )
}
