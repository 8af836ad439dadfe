//! 消息: what I was told, unread first. One page for all roles, each in its own frame.

use super::api::{self, MarkAllRead, MarkRead};
use crate::api::ApiError;
use crate::feature::account::session::use_viewer;
use crate::feature::attendance::today::unreadable_page;
use crate::feature::form::PostForm;
use crate::feature::host;
use crate::ui::{
    Banner, Chip, EmptyState, Erased, HostFrame, PageHead, Shape, Skeleton, StaffFrame, SubmitButton, Tone, TopBar,
    TraineeFrame,
};
use domain::account::Role;
use domain::notice::{Inbox, NoticeView};
use domain::value::day_label;
use icondata_lu::{LuBell, LuCircleAlert};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;

/// What can be done with notices.
#[derive(Clone, Copy)]
struct Acts {
    one: ServerAction<MarkRead>,
    all: ServerAction<MarkAllRead>,
}

/// `/messages?before=…`
#[component]
pub fn MessagesPage() -> impl IntoView {
    let query = use_query_map();
    let before = Memo::new(move |_| query.with(|query| query.get("before").unwrap_or_default()));
    let viewer = use_viewer();
    let inbox = crate::api::read(move || before.get(), api::list);
    let acts = Acts {
        one: ServerAction::new(),
        all: ServerAction::new(),
    };
    Effect::new(move || {
        let one = acts.one.value().with(|done| matches!(done, Some(Ok(()))));
        let all = acts.all.value().with(|done| matches!(done, Some(Ok(()))));
        if one || all {
            inbox.refetch();
            // The count beside 消息.
            viewer.refetch();
        }
    });
    view! {
        <Title text="消息"/>
        <Transition fallback=loading>
            {move || Suspend::new(async move {
                let role = viewer.await.ok().flatten().map(|viewer| viewer.role);
                match (role, inbox.await) {
                    (Some(Role::Trainee), Err(error)) => {
                        unreadable_page("/messages", "消息", error, move || inbox.refetch())
                    }
                    (Some(role), Ok(inbox)) => frame(role, move || screen(inbox, acts)),
                    (Some(role), Err(error)) => frame(role, move || host::failed("消息", &error)),
                    (None, read) => host::failed("消息", &read.err().unwrap_or(ApiError::SignIn)),
                }
            })}
        </Transition>
    }
    .erased()
}

fn loading() -> AnyView {
    view! {
        <main class="page" id="main">
            <p class="sr" role="status">"正在读取"</p>
            <Skeleton shape=Shape::Card/>
            <Skeleton shape=Shape::Card/>
        </main>
    }
    .erased()
}

/// The page in the frame of the reader's role.
fn frame(role: Role, cards: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    match role {
        Role::Trainee => {
            let header = view! { <TopBar title="消息"/> }.erased();
            view! { <TraineeFrame current="/messages" header>{cards()}</TraineeFrame> }.erased()
        }
        Role::Operator => {
            view! { <HostFrame current="/messages"><PageHead title="消息"/>{cards()}</HostFrame> }.erased()
        }
        Role::Mentor | Role::Reviewer | Role::CityCentre | Role::Auditor | Role::Admin => {
            view! { <StaffFrame current="/messages"><PageHead title="消息"/>{cards()}</StaffFrame> }.erased()
        }
    }
}

fn screen(inbox: Inbox, acts: Acts) -> AnyView {
    let failed = move || {
        let one = acts.one.value().get().and_then(Result::err);
        one.or_else(|| acts.all.value().get().and_then(Result::err))
    };
    let older = inbox.older.as_ref().map(|older| ["/messages?before=", older].concat());
    let nothing = inbox.notices.is_empty();
    let (unread, read): (Vec<_>, Vec<_>) = inbox.notices.into_iter().partition(|notice| !notice.read);
    view! {
        <div aria-live="polite">
            {move || failed().map(|error| view! { <Banner tone=Tone::Bad icon=LuCircleAlert title=error.message()/> })}
        </div>
        {nothing.then(none)}
        {(!unread.is_empty()).then(|| view! {
            <section class="card stack" aria-labelledby="unread">
                <div class="row between wrap">
                    <h2 id="unread">"未读 "<Chip tone=Tone::Warn>{inbox.unread.to_string()}</Chip></h2>
                    {mark_all(inbox.as_of.millis(), acts)}
                </div>
                {list(unread, acts)}
            </section>
        })}
        {(!read.is_empty()).then(|| view! {
            <section class="card stack" aria-labelledby="read">
                <h2 id="read">"已读"</h2>
                {list(read, acts)}
            </section>
        })}
        {older.map(|href| view! { <a class="btn line wide" href=href>"更早的消息"</a> })}
    }
    .into_any()
}

fn none() -> AnyView {
    view! {
        <section class="card">
            <EmptyState icon=LuBell title="还没有消息">
                <p>"有审核结果、期限变化或需要您处理的事，都会写在这里。"</p>
            </EmptyState>
        </section>
    }
    .erased()
}

fn mark_all(until: i64, acts: Acts) -> AnyView {
    let send = Callback::new(move |()| {
        acts.all.dispatch(MarkAllRead {
            until: domain::Moment::from_millis(until),
        });
    });
    view! {
        <PostForm action=MarkAllRead::url() on_submit=send>
            <input type="hidden" name="until" value=until.to_string()/>
            <SubmitButton label="全部标为已读" busy=acts.all.pending() class="btn s line"/>
        </PostForm>
    }
    .erased()
}

fn list(notices: Vec<NoticeView>, acts: Acts) -> AnyView {
    let lines = notices.into_iter().map(|notice| line(notice, acts)).collect_view();
    view! { <ul class="list notices">{lines}</ul> }.erased()
}

fn line(notice: NoticeView, acts: Acts) -> AnyView {
    let id = notice.id;
    let read = move || {
        acts.one.dispatch(MarkRead { id });
    };
    let seen = (!notice.read).then(|| {
        let label = ["知道了：", &notice.title].concat();
        view! {
            <PostForm action=MarkRead::url() on_submit=Callback::new(move |()| read())>
                <input type="hidden" name="id" value=id.to_string()/>
                <button type="submit" class="btn s line" aria-label=label>"知道了"</button>
            </PostForm>
        }
        .erased()
    });
    let was_read = notice.read;
    let at = [day_label(notice.at.day()).as_str(), " ", &notice.at.clock()].concat();
    view! {
        <li>
            <div class="grow">
                <a href=notice.href on:click=move |_| if !was_read { read() }>{notice.title}</a>
                <p class="small">{notice.body}</p>
                <div class="small muted num">{at}</div>
            </div>
            {seen}
        </li>
    }
    .erased()
}
