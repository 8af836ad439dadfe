//! `/cases`: the queue at the left, the chosen case at the right. Folder, kind, search, page and case stand in the address.

use super::bulk::{Bulk, BulkBar};
use super::{api, case, keys, lines};
use crate::api::ApiError;
use crate::feature::account::session::use_viewer;
use crate::feature::host;
use crate::ui::{Banner, ElementRef, Erased, PageHead, Segment, Segmented, StaffFrame, Tone, attr};
use domain::CaseId;
use domain::review::{CaseKind, CaseView, Count, QueueBox, QueueRow, QueueView};
use icondata_lu::{LuCircleAlert, LuCircleCheck};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use web_sys::HtmlElement;

/// What the address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    folder: String,
    kind: String,
    search: String,
    after: String,
}

/// What is said after an act, until the next one.
pub(super) type Outcome = RwSignal<Option<(Tone, String)>>;

/// A line of the queue as a way to go on.
#[derive(Clone)]
struct Next {
    id: String,
    href: String,
    subject: String,
}

type Lines = RwSignal<Vec<Next>>;

/// `/cases?folder=open&kind=certification&q=…&case=…`. Queue and case are read apart: opening a case leaves the queue as it
/// stands, also while the network is gone.
#[component]
pub fn QueuePage() -> impl IntoView {
    let query = use_query_map();
    let get = move |name: &str| query.with(|query| query.get(name).unwrap_or_default());
    let case = Memo::new(move |_| get("case"));
    let asked = Memo::new(move |_| Asked {
        folder: get("folder"),
        kind: get("kind"),
        search: get("q"),
        after: get("after"),
    });
    let queue = crate::api::read(
        move || asked.get(),
        |asked| api::queue(asked.folder, asked.kind, asked.search, asked.after),
    );
    let chosen = crate::api::read(move || case.get(), chosen);
    let outcome: Outcome = RwSignal::new(None);
    let lines: Lines = RwSignal::new(Vec::new());
    let viewer = use_viewer();
    let again = Callback::new(move |()| {
        queue.refetch();
        chosen.refetch();
        viewer.refetch();
    });
    let bulk = Bulk::new();
    keys::listen();
    view! {
        <Title text="待办审核"/>
        <StaffFrame current="/cases">
            <Said outcome lines case/>
            <div class="queue-room">
                <div class=move || if case.with(String::is_empty) { "queue" } else { "queue chosen" }>
                    <Transition fallback=host::waiting>
                        {move || Suspend::new(async move {
                            let found = queue.await;
                            let asked = asked.get_untracked();
                            bulk.forget();
                            match found {
                                Ok(found) => {
                                    lines.set(asked.lines(&found));
                                    page(&asked, found, case, (bulk, outcome, again))
                                }
                                Err(error) => host::failed("待办审核", &error),
                            }
                        })}
                    </Transition>
                    <Transition fallback=host::waiting>
                        {move || Suspend::new(async move {
                            let found = chosen.await;
                            panel(&asked.get_untracked(), found, outcome, again)
                        })}
                    </Transition>
                </div>
            </div>
        </StaffFrame>
    }
}

/// `/cases/:id`: where a notice leads; the case alone.
#[component]
pub fn CasePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let read = crate::api::read(move || id.get(), |id| async move { one(&id).await });
    let outcome: Outcome = RwSignal::new(None);
    let viewer = use_viewer();
    let again = Callback::new(move |()| {
        read.refetch();
        viewer.refetch();
    });
    view! {
        <Title text="审核事项"/>
        <StaffFrame current="/cases">
            <Said outcome lines=RwSignal::new(Vec::new()) case=id/>
            <Transition fallback=host::waiting>
                {move || Suspend::new(async move {
                    match read.await {
                        Ok(case) => view! {
                            <PageHead title=case.kind.label() sub="审核事项">
                                <a class="btn line s" href="/cases">"回到待办"</a>
                            </PageHead>
                            <div class="case-alone">{case::panel(case, outcome, again)}</div>
                        }.erased(),
                        Err(error) => host::failed("审核事项", &error),
                    }
                })}
            </Transition>
        </StaffFrame>
    }
}

/// What became of the last act, brought into view, and the way to the next case.
#[component]
fn Said(outcome: Outcome, lines: Lines, case: Memo<String>) -> impl IntoView {
    let place = ElementRef::default();
    Effect::new(move |_| {
        if outcome.with(Option::is_some)
            && let Some(place) = place.get::<HtmlElement>()
        {
            let _ = place.focus();
        }
    });
    let next = move || lines.with(|lines| lines.iter().find(|next| case.with(|case| *case != next.id)).cloned());
    let said = move || {
        outcome.get().map(|(tone, words)| {
            let icon = if tone == Tone::Ok { LuCircleCheck } else { LuCircleAlert };
            let next = next().map(|next| view! { <a href=next.href>"下一件："{next.subject}</a> }.erased());
            view! { <Banner tone icon title=words>{next}</Banner> }.erased()
        })
    };
    view! { <div node_ref={place} {..attr("role", "status")} {..attr("tabindex", "-1")}>{said}</div> }.erased()
}

async fn chosen(id: String) -> Result<Option<CaseView>, ApiError> {
    if id.is_empty() {
        Ok(None)
    } else {
        one(&id).await.map(Some)
    }
}

async fn one(id: &str) -> Result<CaseView, ApiError> {
    match id.parse::<CaseId>() {
        Ok(id) => api::case(id).await,
        Err(_) => Err(ApiError::NotFound),
    }
}

/// The chosen case beside the queue.
fn panel(
    asked: &Asked,
    found: Result<Option<CaseView>, ApiError>,
    outcome: Outcome,
    again: Callback<()>,
) -> Option<AnyView> {
    let inside = match found {
        Ok(case) => case::panel(case?, outcome, again),
        Err(error) => host::failed("审核事项", &error),
    };
    let back = asked.href("");
    Some(
        view! {
            <aside class="stack" {..attr("aria-label", "选中的事项")}>
                <a class="btn line s to-queue" href=back>"回到列表"</a>
                {inside}
            </aside>
        }
        .erased(),
    )
}

fn page(
    asked: &Asked,
    queue: QueueView,
    case: Memo<String>,
    (bulk, outcome, again): (Bulk, Outcome, Callback<()>),
) -> AnyView {
    let folders = folders(asked, &queue);
    let kinds = kinds(asked, &queue);
    let is_open = asked.folder() == QueueBox::Open;
    let bar = (queue.may_decide && is_open).then(|| view! { <BulkBar bulk outcome again/> });
    view! {
        <PageHead title="待办审核" sub="按法定时限排序 · 时限按工作日计，已扣除调休与节假日">
            <Segmented label="选择范围" segments=folders/>
        </PageHead>
        <div class="row between wrap queue-tools">
            {is_open.then(|| view! { <Segmented label="选择事项" segments=kinds/> })}
            {search(asked)}
        </div>
        {lines::table(asked, queue, case, bulk)}
        {bar}
    }
    .erased()
}

/// A form of its own, so that it works before our code runs, too.
fn search(asked: &Asked) -> AnyView {
    view! {
        <form class="row tight" {..attr("method", "get")} {..attr("action", "/cases")} {..attr("role", "search")}>
            <input type="hidden" name="folder" value=asked.folder.clone()/>
            <input type="hidden" name="kind" value=asked.kind.clone()/>
            <input class="input search" type="search" name="q" value=asked.search.clone() {..attr("aria-label", "按单位或姓名查找")}
                {..attr("placeholder", "单位或姓名")} {..attr("maxlength", "50")}/>
            <button type="submit" class="btn line s">"查找"</button>
        </form>
    }
    .erased()
}

fn folders(asked: &Asked, queue: &QueueView) -> Vec<Segment> {
    QueueBox::ALL
        .into_iter()
        .map(|folder| {
            let count = queue.folders.iter().find(|(known, _)| *known == folder);
            Segment {
                label: with_count(folder.label(), count.map(|(_, count)| *count)),
                href: Asked {
                    folder: folder.code().to_owned(),
                    search: asked.search.clone(),
                    ..Asked::default()
                }
                .href(""),
                current: asked.folder() == folder,
            }
        })
        .collect()
}

fn kinds(asked: &Asked, queue: &QueueView) -> Vec<Segment> {
    let all = Segment {
        label: "全部".to_owned(),
        href: asked.of_kind(""),
        current: CaseKind::from_code(&asked.kind).is_none(),
    };
    let mut segments = vec![all];
    segments.extend(queue.kinds.iter().map(|(kind, count)| Segment {
        label: with_count(kind.label(), Some(*count)),
        href: asked.of_kind(kind.code()),
        current: CaseKind::from_code(&asked.kind) == Some(*kind),
    }));
    segments
}

fn with_count(label: &str, count: Option<Count>) -> String {
    match count {
        Some(count) => format!("{label} {count}"),
        None => label.to_owned(),
    }
}

impl Asked {
    /// The folder that is open.
    pub(super) fn folder(&self) -> QueueBox {
        QueueBox::from_code(&self.folder).unwrap_or_default()
    }

    /// Whether less than a whole folder is asked for.
    pub(super) fn is_narrowed(&self) -> bool {
        !self.search.is_empty() || CaseKind::from_code(&self.kind).is_some() || !self.after.is_empty()
    }

    /// The same page with a case chosen.
    pub(super) fn choosing(&self, case: CaseId) -> String {
        self.href(&case.to_string())
    }

    /// The next page.
    pub(super) fn following(&self, after: String) -> String {
        Self { after, ..self.clone() }.href("")
    }

    fn of_kind(&self, kind: &str) -> String {
        Self {
            kind: kind.to_owned(),
            after: String::new(),
            ..self.clone()
        }
        .href("")
    }

    fn lines(&self, queue: &QueueView) -> Vec<Next> {
        let line = |row: &QueueRow| Next {
            id: row.id.to_string(),
            href: self.choosing(row.id),
            subject: row.subject.clone(),
        };
        queue.rows.iter().map(line).collect()
    }

    /// The address with a chosen case, or without one.
    fn href(&self, case: &str) -> String {
        let pairs = [
            ("folder", self.folder.as_str()),
            ("kind", &self.kind),
            ("q", &self.search),
            ("after", &self.after),
            ("case", case),
        ];
        let pairs: Vec<String> = pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", escaped(value)))
            .collect();
        if pairs.is_empty() {
            "/cases".to_owned()
        } else {
            format!("/cases?{}", pairs.join("&"))
        }
    }
}

/// A value of a query: everything but letters, digits, `-` and `_` by its bytes.
fn escaped(text: &str) -> String {
    use std::fmt::Write;
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') {
            escaped.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn the_address_says_what_is_shown() {
        let asked = Asked {
            folder: "open".into(),
            search: "苔茶 & 100%".into(),
            after: "2026-11-19_x".into(),
            ..Asked::default()
        };
        assert_eq!(
            asked.of_kind("certification"),
            "/cases?folder=open&kind=certification&q=%E8%8B%94%E8%8C%B6%20%26%20100%25"
        );
        assert_eq!(Asked::default().href(""), "/cases");
    }
}
