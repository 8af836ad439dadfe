//! 实时: what waits for the host's decision first, then the newest check-ins. A decision carries the row version that was
//! on the screen, so two operators never overwrite each other.

use super::api;
use super::board::Screen;
use super::board_live::Line;
use super::board_words::{feed_detail, feed_title, waits};
use crate::api::ApiError;
use crate::feature::form::{error_of, whole_of};
use crate::feature::host;
use crate::ui::Erased;
use crate::ui::{Avatar, Banner, Chip, ErrorSummary, Sheet, SubmitButton, TextAreaField, Tone};
use domain::FieldErrors;
use domain::attendance::{CheckInState, CheckInView, DecideForm, FeedItem};
use domain::value::{CheckInId, day_label};
use icondata_lu::{LuCircleAlert, LuCircleCheck};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What became of a decision: its tone, the short of it, and what it means.
#[derive(Clone)]
struct Outcome(Tone, String, String);

/// What the operator is deciding.
#[derive(Clone, Copy)]
struct Desk {
    screen: Screen,
    /// The item whose answer is awaited.
    pending: RwSignal<Option<CheckInId>>,
    /// What became of the last decision.
    outcome: RwSignal<Option<Outcome>>,
    /// The item that is being sent back, while the sheet is open.
    returning: RwSignal<Option<FeedItem>>,
    sheet: RwSignal<bool>,
    note: RwSignal<String>,
    errors: RwSignal<FieldErrors>,
}

#[component]
pub(super) fn Feed(screen: Screen) -> impl IntoView {
    let desk = Desk {
        screen,
        pending: RwSignal::new(None),
        outcome: RwSignal::new(None),
        returning: RwSignal::new(None),
        sheet: RwSignal::new(false),
        note: RwSignal::new(String::new()),
        errors: RwSignal::new(FieldErrors::default()),
    };
    let items = move || screen.board.with(|board| board.feed.clone());
    let nothing = move || screen.board.with(|board| board.feed.is_empty());
    view! {
        <aside class="card stack" aria-labelledby="feed-title">
            <div class="row between">
                <h2 id="feed-title" tabindex="-1">"实时"</h2>
                {move || online(screen)}
            </div>
            <div role="status">{move || desk.outcome.get().map(told)}</div>
            <Show when=nothing>
                <p class="muted small">"还没有签到。有人签到时，这里马上会出现。"</p>
            </Show>
            <ul class="feed">
                // A line is drawn anew only when its record or the day's words for it changed, so a finger on a button stays there.
                <For each=items key=|item| (item.check_in.id, item.check_in.version) let(item)>
                    <Item item desk/>
                </For>
            </ul>
        </aside>
        <SendBack desk/>
    }
}

/// ● 在线, or that the line broke and how old the board is.
fn online(screen: Screen) -> AnyView {
    match screen.line.get() {
        Line::Opening => view! { <Chip>"正在连接"</Chip> }.erased(),
        Line::Online => view! { <Chip tone=Tone::Ok live=true>"在线"</Chip> }.erased(),
        Line::Lost => {
            let as_of = screen.board.with(|board| board.as_of.clock());
            view! {
                <div class="stack" role="status">
                    <Chip tone=Tone::Warn>"连接中断，正在重连"</Chip>
                    <span class="small muted">"看到的是 "{as_of}" 的情况"</span>
                </div>
            }
            .erased()
        }
    }
}

fn told(Outcome(tone, title, words): Outcome) -> AnyView {
    let icon = if tone == Tone::Ok { LuCircleCheck } else { LuCircleAlert };
    view! { <Banner tone icon title><span>{words}</span></Banner> }.erased()
}

#[component]
fn Item(item: FeedItem, desk: Desk) -> impl IntoView {
    let id = item.check_in.id;
    let title = feed_title(&item);
    let detail = {
        let item = item.clone();
        move || feed_detail(&item, desk.screen.board.with(|board| board.today))
    };
    let fresh = move || desk.screen.fresh.with(|fresh| fresh.contains(&id));
    let buttons = waits(&item).then(|| decisions(item.clone(), desk));
    view! {
        <li class:fresh=fresh>
            <Avatar name=item.name/>
            <div class="grow">
                <b>{title}</b>
                <div class="small muted">{detail}</div>
                {buttons}
            </div>
        </li>
    }
}

/// 确认 and 退回, with the name in what a screen reader hears.
fn decisions(item: FeedItem, desk: Desk) -> AnyView {
    let id = item.check_in.id;
    let busy = move || (desk.pending.get() == Some(id)).then_some("true");
    let blocked = move || desk.pending.get().is_some().then_some("true");
    let confirm_label = ["确认 ", &feed_title(&item)].concat();
    let return_label = ["退回 ", &feed_title(&item)].concat();
    let confirmed = item.clone();
    view! {
        <div class="row">
            <button type="button" class="btn s" aria-label=confirm_label aria-busy=busy aria-disabled=blocked
                on:click=move |_| desk.decide(&confirmed, true)>
                "确认"
            </button>
            <button type="button" class="btn s line" aria-label=return_label aria-disabled=blocked
                on:click=move |_| desk.ask_why(item.clone())>
                "退回"
            </button>
        </div>
    }
    .erased()
}

/// Sending back needs a reason, which the trainee reads.
#[component]
fn SendBack(desk: Desk) -> impl IntoView {
    let who = move || {
        desk.returning.with(|item| {
            item.as_ref().map(|item| {
                let today = desk.screen.board.with(|board| board.today);
                [&feed_title(item), " · ", &feed_detail(item, today)].concat()
            })
        })
    };
    let error = error_of(desk.errors, "note");
    let general = whole_of(desk.errors);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(item) = desk.returning.get_untracked() {
            desk.decide(&item, false);
        }
    };
    view! {
        <Sheet title="退回这次签到" open=desk.sheet>
            <form class="form" novalidate=true on:submit=send>
                <p class="strong">{who}</p>
                <ErrorSummary errors=general title="没有退回"/>
                <TextAreaField label="为什么退回" name="note" value=desk.note error
                    hint="本人会看到这句话，例如：当天没有安排外出，请来办公室签到。"/>
                <SubmitButton label="退回" busy_label="正在退回…" class="btn bad wide" busy=Signal::derive(move || desk.pending.get().is_some())/>
            </form>
        </Sheet>
    }
}

impl Desk {
    fn ask_why(self, item: FeedItem) {
        if self.pending.get_untracked().is_some() {
            return;
        }
        let other = self.returning.with_untracked(|before| {
            before
                .as_ref()
                .is_none_or(|before| before.check_in.id != item.check_in.id)
        });
        if other {
            self.note.set(String::new());
        }
        self.errors.set(FieldErrors::default());
        self.returning.set(Some(item));
        self.sheet.set(true);
    }

    fn decide(self, item: &FeedItem, confirm: bool) {
        if self.pending.get_untracked().is_some() {
            return;
        }
        let CheckInView { id, version, .. } = item.check_in;
        let note = if confirm {
            String::new()
        } else {
            self.note.get_untracked()
        };
        let form = DecideForm {
            id,
            confirm,
            note,
            version,
        };
        if let Err(errors) = form.check() {
            self.errors.set(errors);
            return;
        }
        self.outcome.set(None);
        self.errors.set(FieldErrors::default());
        self.pending.set(Some(id));
        let name = item.name.clone();
        spawn_local(async move {
            let answer = api::decide(form).await;
            self.pending.try_set(None);
            self.settle(&name, confirm, answer);
        });
    }

    /// Says what became of a decision. Whatever the server refuses is read again, so that the next press sees the truth.
    fn settle(self, name: &str, confirm: bool, answer: Result<CheckInView, ApiError>) {
        match answer {
            Ok(check_in) => {
                self.close();
                self.outcome.try_set(Some(done(name, &check_in)));
                self.screen.refresh();
                request_animation_frame(focus_title);
            }
            Err(ApiError::SignIn) => host::leave_for_sign_in(),
            Err(ApiError::Invalid { errors }) if !confirm => {
                self.errors.try_set(errors);
            }
            // Nothing is known or nothing happened: the reason stays in the open sheet.
            Err(
                error @ (ApiError::Transport
                | ApiError::Unavailable
                | ApiError::TooMany { .. }
                | ApiError::Internal { .. }),
            ) if !confirm => {
                self.errors.try_set(FieldErrors::one("", error.message()));
                self.screen.refresh();
            }
            Err(error) => {
                self.close();
                let title = [if confirm { "没有确认 " } else { "没有退回 " }, name].concat();
                self.outcome.try_set(Some(Outcome(Tone::Bad, title, error.message())));
                self.screen.refresh();
            }
        }
    }

    fn close(self) {
        self.sheet.try_set(false);
        self.note.try_set(String::new());
        self.returning.try_set(None);
    }
}

/// The buttons of a decided line go away; the keyboard stays at the list.
fn focus_title() {
    if let Some(title) = document()
        .get_element_by_id("feed-title")
        .and_then(|title| title.dyn_into::<HtmlElement>().ok())
    {
        // A browser that does not move the focus still shows the outcome.
        let _ = title.focus();
    }
}

/// `已确认 罗志强`, `11月18日 周三 14:20 的签到，这一天算数。`
fn done(name: &str, check_in: &CheckInView) -> Outcome {
    let (tone, act, then) = match check_in.state {
        CheckInState::SentBack => (Tone::Ok, "已退回 ", " 的签到，本人会看到原因。"),
        CheckInState::Confirmed | CheckInState::Valid => (Tone::Ok, "已确认 ", " 的签到，这一天算数。"),
        CheckInState::Waiting => (Tone::Bad, "还没处理 ", " 的签到，请再试一次。"),
    };
    let at = [&day_label(check_in.at.day()), " ", &check_in.at.clock(), then].concat();
    Outcome(tone, [act, name].concat(), at)
}
