//! `/agencies`: the own agency and those below it as a tree. One is changed in the form beside the tree, closed with its name
//! in the question; what stands in the way is said before anybody asks.

use super::divisions::Divisions;
use super::fields::Fields;
use super::{api, views};
use crate::api::{ApiError, Read};
use crate::feature::form::focus_field;
use crate::feature::host;
use crate::ui::Erased;
use crate::ui::{Banner, Chip, Icon, PageHead, Segmented, Sheet, StaffFrame, Tone};
use domain::agency::{AgencyBoard, AgencyEntry};
use icondata_lu::{LuCircleAlert, LuCircleCheck, LuPlus};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;

/// What the form beside the tree is about: an agency or, without one, a new one; and what it chooses from.
#[derive(Debug, Clone)]
pub(super) struct Editing {
    pub(super) entry: Option<AgencyEntry>,
    pub(super) board: AgencyBoard,
}

/// What the parts of the screen share.
#[derive(Clone, Copy)]
pub(super) struct Screen {
    pub(super) board: Read<Result<AgencyBoard, ApiError>>,
    pub(super) editing: RwSignal<Option<Editing>>,
    pub(super) outcome: RwSignal<Option<(Tone, String)>>,
    closing: RwSignal<Option<AgencyEntry>>,
    asked: RwSignal<bool>,
    busy: RwSignal<bool>,
}

/// `/agencies`.
#[component]
pub fn AgenciesPage() -> impl IntoView {
    let screen = Screen {
        board: crate::api::read(|| (), |()| api::board()),
        editing: RwSignal::new(None),
        outcome: RwSignal::new(None),
        closing: RwSignal::new(None),
        asked: RwSignal::new(false),
        busy: RwSignal::new(false),
    };
    view! {
        <Title text="机构"/>
        <StaffFrame current="/agencies">
            <PageHead title="账号与机构" sub="本机构和下级机构，谁审哪里的事由它决定">
                <Segmented label="账号与机构" segments=Signal::derive(|| views(false))/>
            </PageHead>
            <div role="status">{move || screen.outcome.get().map(told)}</div>
            <div class="split even">
                <Transition fallback=host::waiting>
                    {move || Suspend::new(async move {
                        match screen.board.await {
                            Ok(board) => tree(&board, screen),
                            Err(error) => host::failed("机构", &error),
                        }
                    })}
                </Transition>
                <div class="stack loose">
                    // Outside of what is read anew, so that what was typed stays.
                    {move || screen.editing.get().map(|editing| view! { <Fields screen editing/> })}
                    <Transition>
                        {move || Suspend::new(async move {
                            let board = screen.board.await.ok().filter(|board| board.province.is_some());
                            board.map(|board| view! { <Divisions board screen/> })
                        })}
                    </Transition>
                </div>
            </div>
            <Closing screen/>
        </StaffFrame>
    }
    .erased()
}

fn told((tone, words): (Tone, String)) -> AnyView {
    let icon = if tone == Tone::Ok { LuCircleCheck } else { LuCircleAlert };
    view! { <Banner tone icon title=words/> }.erased()
}

fn tree(board: &AgencyBoard, screen: Screen) -> AnyView {
    let kept = StoredValue::new(board.clone());
    let rows = board
        .entries
        .iter()
        .map(|entry| row(entry, entry.agency.id == board.own, kept, screen))
        .collect_view();
    view! {
        <section class="card stack" aria-labelledby="tree-title">
            <div class="row between wrap">
                <h2 id="tree-title">{format!("{} 个机构", board.entries.len())}</h2>
                <button type="button" class="btn s" on:click=move |_| screen.edit(None, kept)>
                    <Icon icon=LuPlus/>"新增下级机构"
                </button>
            </div>
            <ul class="tree">{rows}</ul>
        </section>
    }
    .erased()
}

fn row(entry: &AgencyEntry, own: bool, board: StoredValue<AgencyBoard>, screen: Screen) -> impl IntoView + use<> {
    let name = entry.agency.name.clone();
    let class = match entry.depth {
        0 => "",
        1 => "d1",
        2 => "d2",
        _ => "d3",
    };
    let areas = (!entry.areas.is_empty()).then(|| format!("，另管 {}", entry.areas.join("、")));
    let level = entry.agency.level.label();
    let counts = format!("{} 家单位 · {} 个账号", entry.ties.hosts, entry.ties.accounts);
    let (change_label, close_label) = (["修改 ", &name].concat(), ["关闭 ", &name].concat());
    let (changed, closed) = (entry.clone(), entry.clone());
    view! {
        <li class=class>
            <div class="grow">
                <div class="row wrap tight"><span class="name">{name}</span><Chip>{level}</Chip></div>
                <div class="small muted">{entry.place.clone()}{areas}</div>
                <div class="small muted">{counts}</div>
            </div>
            <button type="button" class="btn s line" aria-label=change_label
                on:click=move |_| screen.edit(Some(changed.clone()), board)>"修改"</button>
            {(!own).then(|| view! {
                <button type="button" class="btn s line" aria-label=close_label on:click=move |_| {
                    screen.closing.set(Some(closed.clone()));
                    screen.asked.set(true);
                }>"关闭"</button>
            })}
        </li>
    }
}

impl Screen {
    fn edit(self, entry: Option<AgencyEntry>, board: StoredValue<AgencyBoard>) {
        let board = board.get_value();
        self.outcome.set(None);
        self.editing.set(Some(Editing { entry, board }));
        // On a phone the form stands below the whole tree.
        focus_field("name");
    }

    fn close(self) {
        let Some(entry) = self.closing.get_untracked() else {
            return;
        };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.outcome.set(None);
        spawn_local(async move {
            let answer = api::close(entry.agency.id, entry.version).await;
            self.busy.try_set(false);
            self.asked.try_set(false);
            let words = match answer {
                Ok(()) => (Tone::Ok, ["已关闭 ", &entry.agency.name, "。"].concat()),
                Err(ApiError::SignIn) => return host::leave_for_sign_in(),
                Err(error) => (Tone::Bad, error.message()),
            };
            self.outcome.try_set(Some(words));
            self.board.refetch();
        });
    }
}

/// Asks with the name; says what is in the way instead where something is.
#[component]
fn Closing(screen: Screen) -> impl IntoView {
    let busy = move || screen.busy.get().then_some("true");
    let content = move || {
        let entry = screen.closing.get()?;
        let name = entry.agency.name;
        let content = match entry.ties.refusal() {
            Some(sentence) => view! {
                <p>{sentence}</p>
                <button type="button" class="btn line" on:click=move |_| screen.asked.set(false)>"知道了"</button>
            }
            .erased(),
            None => view! {
                <p>{format!("关闭“{name}”？以前的记录都保留，以后不再有新的事项交给它。")}</p>
                <div class="row wrap">
                    <button type="button" class="btn bad" aria-busy=busy aria-disabled=busy on:click=move |_| screen.close()>
                        {format!("关闭 {name}")}
                    </button>
                    <button type="button" class="btn line" on:click=move |_| screen.asked.set(false)>"先不关闭"</button>
                </div>
            }
            .erased(),
        };
        Some(content)
    };
    view! { <Sheet title="关闭机构" open=screen.asked>{content}</Sheet> }.erased()
}
