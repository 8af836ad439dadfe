//! The frame of every signed-in screen: one list of links that is a bar under the thumb on the phone and a rail on tablet and desk.

use super::{Erased, attr, awaited};
use crate::api::{ApiError, Read};
use domain::account::{Role, Viewer};
use icondata_lu::{
    LuBell, LuBuilding2, LuCalendarCheck, LuCalendarDays, LuHistory, LuInbox, LuMapPin, LuScale, LuScrollText,
    LuUserRound, LuUsersRound,
};
use leptos::prelude::*;

use super::{Icon, Mark};

/// One entry of the bar.
#[derive(Clone, Copy)]
pub struct Tab {
    /// The path it opens.
    pub href: &'static str,
    /// Two to four characters.
    pub label: &'static str,
    /// Its picture.
    pub icon: icondata_core::Icon,
}

const MESSAGES: &str = "/messages";

/// What the app shows beside an entry: how many wait. A context, because what stands here asks no server.
#[derive(Clone, Copy)]
pub struct Counts(pub fn(&'static str) -> AnyView);

const fn tab(href: &'static str, label: &'static str, icon: icondata_core::Icon) -> Tab {
    Tab { href, label, icon }
}

/// What a trainee can open.
static TRAINEE: &[Tab] = &[
    tab("/today", "今天", LuCalendarCheck),
    tab("/history", "签到记录", LuHistory),
    tab(MESSAGES, "消息", LuBell),
    tab("/me", "我的", LuUserRound),
];

/// What a host's operator can open.
static HOST: &[Tab] = &[
    tab("/host", "考勤看板", LuCalendarDays),
    tab("/host/people", "见习人员", LuUsersRound),
    tab("/host/sites", "签到地点", LuMapPin),
    tab("/host/unit", "单位资料", LuBuilding2),
    tab(MESSAGES, "消息", LuBell),
    tab("/account", "我的账号", LuUserRound),
];

const CASES: Tab = tab("/cases", "待办", LuInbox);
const UNITS: Tab = tab("/units", "单位", LuBuilding2);
const INBOX: Tab = tab(MESSAGES, "消息", LuBell);
const RULES: Tab = tab("/rules", "规则与日历", LuScale);
const AUDIT: Tab = tab("/audit", "审计", LuScrollText);
const ACCOUNT: Tab = tab("/account", "我的账号", LuUserRound);

/// What an agency's admin can open.
static ADMIN: &[Tab] = &[
    tab("/agencies", "账号与机构", LuBuilding2),
    RULES,
    AUDIT,
    INBOX,
    ACCOUNT,
];

/// What an agency's auditor can open.
static AUDITOR: &[Tab] = &[AUDIT, CASES, UNITS, RULES, INBOX, ACCOUNT];

/// What an agency's reviewer can open.
static REVIEWER: &[Tab] = &[CASES, UNITS, RULES, INBOX, ACCOUNT];

/// What a city centre can open.
static CITY_CENTRE: &[Tab] = &[CASES, UNITS, RULES, INBOX, ACCOUNT];

/// What a host's mentor can open.
static MENTOR: &[Tab] = &[INBOX, ACCOUNT];

/// What a member of staff can open.
const fn staff_tabs(role: Role) -> &'static [Tab] {
    match role {
        Role::Admin => ADMIN,
        Role::Auditor => AUDITOR,
        Role::Reviewer => REVIEWER,
        Role::CityCentre => CITY_CENTRE,
        Role::Mentor => MENTOR,
        Role::Operator => HOST,
        Role::Trainee => TRAINEE,
    }
}

/// The links. `current` is the path of the entry that the page belongs to.
fn bar(brand: AnyView, tabs: &'static [Tab], current: &'static str) -> AnyView {
    let links = tabs
        .iter()
        .map(|tab| {
            view! {
                <a href=tab.href {..attr("aria-current", (tab.href == current).then_some("page"))}>
                    <Icon icon=tab.icon/>
                    <span>{tab.label}</span>
                    {use_context::<Counts>().map(|counts| (counts.0)(tab.href))}
                </a>
            }
            .erased()
        })
        .collect_view();
    view! {
        <nav class="bar" {..attr("aria-label", "主导航")}>
            <div class="brand"><Mark/>{brand}</div>
            {links}
        </nav>
    }
    .erased()
}

/// The first stop of the Tab key on every screen.
fn skip() -> AnyView {
    view! { <a class="skip" href="#main" rel="external">"跳到正文"</a> }.erased()
}

/// The trainee's tabs, for screens that build their own frame.
#[component]
pub fn TabBar(
    /// The path of the entry that the page belongs to.
    current: &'static str,
) -> impl IntoView {
    bar("见习通".into_any(), TRAINEE, current)
}

/// A trainee's screen: the green head, one readable column, the tabs.
#[component]
pub fn TraineeFrame(
    /// The path of the tab that the page belongs to: `/today`, `/history`, `/messages` or `/me`.
    current: &'static str,
    /// A `<TopBar>` or a `<header class="top">`, as `.into_any()`.
    header: AnyView,
    /// The cards.
    children: Children,
) -> impl IntoView {
    view! {
        {skip()}
        <div class="frame">
            {bar("见习通".into_any(), TRAINEE, current)}
            <div>
                {header}
                <main class="page" id="main" {..attr("tabindex", "-1")}>{children()}</main>
            </div>
        </div>
    }
    .erased()
}

/// A host operator's screen: rail and board.
#[component]
pub fn HostFrame(
    /// The path of the entry that the page belongs to.
    current: &'static str,
    /// A `<PageHead>` and the cards.
    children: Children,
) -> impl IntoView {
    board(bar("见习通 · 单位".into_any(), HOST, current), children)
}

/// The screen of every other member of staff; its links are those of the role that is signed in.
#[component]
pub fn StaffFrame(
    /// The path of the entry that the page belongs to.
    current: &'static str,
    /// A `<PageHead>` and the cards.
    children: Children,
) -> impl IntoView {
    board(staff_bar(current), children)
}

fn staff_bar(current: &'static str) -> AnyView {
    let viewer = use_context::<Read<Result<Option<Viewer>, ApiError>>>();
    awaited(
        || bar("见习通".into_any(), &[], ""),
        move || async move {
            let session = match viewer {
                Some(viewer) => viewer.await.ok().flatten(),
                None => None,
            };
            let tabs = session.as_ref().map_or(&[][..], |viewer| staff_tabs(viewer.role));
            let organisation = session.and_then(|viewer| viewer.organisation);
            let brand = view! { <div>"见习通"{organisation.map(|name| view! { <div class="whose">{name}</div> }.erased())}</div> };
            bar(brand.erased(), tabs, current)
        },
    )
}

fn board(bar: AnyView, children: Children) -> AnyView {
    view! {
        {skip()}
        <div class="frame">
            {bar}
            <main class="main" id="main" {..attr("tabindex", "-1")}>{children()}</main>
        </div>
    }
    .erased()
}
