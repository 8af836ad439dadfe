//! 考勤看板: week × people for the host's tablet, live. One look answers who is here, who is missing, what waits for me.

use super::api;
use super::board_feed::Feed;
use super::board_live::{self, Line, Live};
use super::board_table::Table;
use super::board_words::{feed_detail, feed_title, missed, to_be_verified};
use crate::api::ApiError;
use crate::feature::{certification, host, site};
use crate::ui::Erased;
use crate::ui::{Banner, EmptyState, HostFrame, Kpi, PageHead, Segment, Segmented, Tone};
use domain::attendance::BoardView;
use domain::value::{CheckInId, parse_day};
use domain::{Day, Week};
use icondata_lu::{LuMapPinPlus, LuTriangleAlert, LuUserRoundPlus};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long to wait before the board is read again after a reading that failed.
const AGAIN: Duration = Duration::from_secs(5);

/// What comes first while nobody is on post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum First {
    /// The unit may not take anybody on yet: what is to be done about it.
    Certification(String),
    /// A site.
    Site,
    /// A person.
    Person,
}

/// What the page reads: the board, and what comes first while it is empty.
async fn read(week: Option<Day>) -> Result<(BoardView, First), ApiError> {
    let board = api::board(week).await?;
    if !board.rows.is_empty() {
        return Ok((board, First::Person));
    }
    let certification = certification::api::summary().await?;
    let first = if let Some(why) = certification.in_the_way() {
        First::Certification(why.to_owned())
    } else if site::api::choices().await?.is_empty() {
        First::Site
    } else {
        First::Person
    };
    Ok((board, first))
}

/// `/host?week=2026-11-16`.
#[component]
pub fn BoardPage() -> impl IntoView {
    let query = use_query_map();
    let week = Memo::new(move |_| query.with(|query| query.get("week").and_then(|text| parse_day(&text))));
    let first = crate::api::read(move || week.get(), read);
    let live = board_live::open();
    view! {
        <Title text="考勤看板"/>
        <HostFrame current="/host">
            <Transition fallback=host::waiting>
                {move || Suspend::new(async move {
                    match first.await {
                        Ok((board, first)) => view! { <LiveBoard board first week=week.get_untracked() live/> }.erased(),
                        Err(error) => host::failed("考勤看板", &error),
                    }
                })}
            </Transition>
        </HostFrame>
    }
}

/// The board on the screen: what was read last, and how it is read again without moving anything that stands.
#[derive(Clone, Copy)]
pub(super) struct Screen {
    /// What is shown.
    pub(super) board: RwSignal<BoardView>,
    /// Whether the server is heard.
    pub(super) line: RwSignal<Line>,
    /// What a screen reader is told about new check-ins and decisions.
    pub(super) said: RwSignal<String>,
    /// Check-ins that came while the board was open.
    pub(super) fresh: RwSignal<Vec<CheckInId>>,
    week: Option<Day>,
    reading: StoredValue<Reading>,
}

/// Many changes at once need one more reading, not many.
#[derive(Debug, Clone, Copy, Default)]
struct Reading {
    busy: bool,
    again: bool,
}

impl Screen {
    /// Reads the board again; what stands stays until the answer is here.
    pub(super) fn refresh(self) {
        let start = self.reading.try_update_value(|reading| {
            reading.again = reading.busy;
            !std::mem::replace(&mut reading.busy, true)
        });
        if start == Some(true) {
            spawn_local(self.read_until_quiet());
        }
    }

    async fn read_until_quiet(self) {
        loop {
            match api::board(self.week).await {
                Ok(board) => self.show(board),
                Err(ApiError::SignIn) => host::leave_for_sign_in(),
                // What was read last stays on the screen; a broken line says so by itself.
                Err(_) => set_timeout(move || self.refresh_again(), AGAIN),
            }
            let again = self.reading.try_update_value(|reading| {
                reading.busy = std::mem::take(&mut reading.again);
                reading.busy
            });
            if again != Some(true) {
                break;
            }
        }
    }

    /// Another try, unless the page was left in the meantime.
    fn refresh_again(self) {
        if self.board.try_get_untracked().is_some() {
            self.refresh();
        }
    }

    fn show(self, board: BoardView) {
        let Some(before) = self.board.try_get_untracked() else {
            return;
        };
        if board.as_of < before.as_of {
            return;
        }
        let came: Vec<_> = board
            .feed
            .iter()
            .filter(|item| before.feed.iter().all(|old| old.check_in.id != item.check_in.id))
            .filter(|item| item.check_in.at >= before.as_of)
            .collect();
        if let Some(newest) = came.iter().max_by_key(|item| item.check_in.at) {
            let rest = if came.len() > 1 {
                format!("，另有 {} 条新签到", came.len() - 1)
            } else {
                String::new()
            };
            self.said
                .try_set([&feed_title(newest), "，", &feed_detail(newest, board.today), &rest].concat());
            let came = came.iter().map(|item| item.check_in.id).collect::<Vec<_>>();
            self.fresh.try_update(|fresh| fresh.extend(came));
        }
        self.board.try_set(board);
    }
}

#[component]
fn LiveBoard(board: BoardView, first: First, week: Option<Day>, live: Live) -> impl IntoView {
    let screen = Screen {
        board: RwSignal::new(board),
        line: live.line,
        said: RwSignal::new(String::new()),
        fresh: RwSignal::new(Vec::new()),
        week,
        reading: StoredValue::new(Reading::default()),
    };
    Effect::new(move |before: Option<u32>| {
        let changes = live.changed.get();
        if before.is_some_and(|before| before != changes) {
            screen.refresh();
        }
        changes
    });
    view! {
        <PageHead title="考勤看板" sub=Signal::derive(move || screen.board.with(subtitle))>
            <Segmented label="选择周" segments=Signal::derive(move || screen.board.with(weeks))/>
        </PageHead>
        <p class="sr" role="status">{screen.said}</p>
        {move || screen.board.with(|board| board.rows.is_empty()).then(|| match &first {
            First::Certification(next) => certification::closed("单位还不能接收见习人员", next.clone()),
            First::Site => first_a_site(),
            First::Person => first_a_person(screen),
        })}
        <Show when=move || screen.board.with(|board| !board.rows.is_empty() || !board.feed.is_empty())>
            <Numbers screen/>
            {move || screen.board.with(|board| (board.waiting > 0).then(|| to_feed(board.waiting)))}
            {move || screen.board.with(to_be_verified).map(county_will_verify)}
            <div class="split">
                <Table board=screen.board/>
                <Feed screen/>
            </div>
        </Show>
    }
}

/// `第 9 周 · 11月16日—22日 · 每人每周至少 2 次`.
fn subtitle(board: &BoardView) -> String {
    let week = Week::of(board.monday);
    let number = board.first_day.filter(|first| *first <= week.sunday());
    let number = number
        .map(|first| format!("第 {} 周 · ", week.number_since(first)))
        .unwrap_or_default();
    format!("{number}{} · 每人每周至少 {} 次", week.label(), board.per_week)
}

/// Week by week, in the address: ‹ 上周 · 本周, and 下周 › on the way back.
fn weeks(board: &BoardView) -> Vec<Segment> {
    let week = Week::of(board.monday);
    let this_week = Week::of(board.today);
    let segment = |label: String, week: Week, current: bool| {
        let href = if week == this_week {
            "/host".to_owned()
        } else {
            ["/host?week=", &week.monday().to_string()].concat()
        };
        Segment { label, href, current }
    };
    let mut segments = vec![segment("‹ 上周".into(), week.previous(), false)];
    if week != this_week {
        segments.push(segment(week.label(), week, true));
        if week.next() < this_week {
            segments.push(segment("下周 ›".into(), week.next(), false));
        }
    }
    segments.push(segment("本周".into(), this_week, week == this_week));
    segments
}

fn is_this_week(board: &BoardView) -> bool {
    Week::of(board.monday).contains(board.today)
}

#[component]
fn Numbers(screen: Screen) -> impl IntoView {
    let board = screen.board;
    let read = move |read: fn(&BoardView) -> String| Signal::derive(move || board.with(read));
    let waiting_tone = move || {
        if board.with(|board| board.waiting > 0) {
            Tone::Warn
        } else {
            Tone::Plain
        }
    };
    let met = if board.with_untracked(is_this_week) {
        "本周已达标"
    } else {
        "该周已达标"
    };
    let missed_tone = move || {
        if board.with(|board| missed(board).0 > 0) {
            Tone::Bad
        } else {
            Tone::Plain
        }
    };
    view! {
        <div class="kpis">
            <Kpi label="今日已签" value=read(|board| board.today_count.to_string()) unit=read(|board| format!(" / {}", board.people))/>
            <Kpi label=met value=read(|board| board.quota_met.to_string()) unit=" 人"/>
            <Kpi label="待您确认" value=read(|board| board.waiting.to_string()) unit=" 条" tone=Signal::derive(waiting_tone)/>
            <Kpi label="连续缺报预警" value=read(|board| missed(board).0.to_string()) unit=read(|board| missed(board).1) tone=Signal::derive(missed_tone)/>
        </div>
    }
}

/// On a phone the feed stands below everybody's weeks: the way there, while something waits.
fn to_feed(waiting: u32) -> AnyView {
    view! { <a class="btn ghost to-feed" href="#feed-title" rel="external">{format!("处理 {waiting} 条待确认")}</a> }
        .erased()
}

/// Who acts next when a run of missed reports has reached the county's threshold.
fn county_will_verify(title: String) -> AnyView {
    view! {
        <Banner tone=Tone::Warn icon=LuTriangleAlert title>
            <span>"县级人社部门会重点核实。请先联系本人，问清原因，提醒按时签到。"</span>
        </Banner>
    }
    .erased()
}

/// No site yet: nobody can check in anywhere, so this comes first.
fn first_a_site() -> AnyView {
    view! {
        <section class="card">
            <EmptyState icon=LuMapPinPlus title="先添加一个签到地点">
                <p>"见习人员在地点范围内签到才直接算数。添加好地点，再录入见习人员。"</p>
                <a class="btn" href="/host/sites/new">"添加签到地点"</a>
            </EmptyState>
        </section>
    }
    .erased()
}

/// Nobody on post in the week shown.
fn first_a_person(screen: Screen) -> AnyView {
    let (title, words) = if screen.board.with_untracked(|board| board.people > 0) {
        ("这一周没有人在见习", "换一周看看，或录入新的见习人员。")
    } else {
        (
            "还没有人在见习",
            "录入见习人员后，请本人在手机上确认。确认以后，每天的签到就会出现在这里。",
        )
    };
    view! {
        <section class="card">
            <EmptyState icon=LuUserRoundPlus title>
                <p>{words}</p>
                <div class="row wrap">
                    <a class="btn" href="/host/people/new">"录入见习人员"</a>
                    <a class="btn line" href="/host/people">"看看已录入的人"</a>
                </div>
            </EmptyState>
        </section>
    }
    .erased()
}
