//! `/cases`: the queue at the left, the chosen case at the right. Folder, kind, search, page and case stand in the address.

use super::bulk::{Bulk, BulkBar};
use super::{api, case, keys, lines};
use crate::api::ApiError;
use crate::feature::account::session::use_viewer;
use crate::feature::host;
use crate::ui::{Banner, Erased, PageHead, Segment, Segmented, StaffFrame, Tone, attr};
use domain::CaseId;
use domain::review::{CaseKind, CaseView, Count, QueueBox, QueueView};
use icondata_lu::{LuCircleAlert, LuCircleCheck};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

/// What the address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    folder: String,
    kind: String,
    search: String,
    after: String,
    /// The chosen case, or nothing.
    pub(super) case: String,
}

/// What is said after an act, until the next one.
pub(super) type Outcome = RwSignal<Option<(Tone, String)>>;

type Found = Result<(QueueView, Option<Result<CaseView, ApiError>>), ApiError>;

/// `/cases?folder=open&kind=certification&q=…&case=…`.
#[component]
pub fn QueuePage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| {
            let get = |name: &str| query.get(name).unwrap_or_default();
            Asked {
                folder: get("folder"),
                kind: get("kind"),
                search: get("q"),
                after: get("after"),
                case: get("case"),
            }
        })
    });
    let read = crate::api::read(move || asked.get(), read);
    let outcome: Outcome = RwSignal::new(None);
    let again = reading_again(read);
    let bulk = Bulk::new();
    keys::listen();
    view! {
        <Title text="待办审核"/>
        <StaffFrame current="/cases">
            <div {..attr("role", "status")}>{move || outcome.get().map(said)}</div>
            <Transition fallback=host::waiting>
                {move || Suspend::new(async move {
                    let asked = asked.get_untracked();
                    match read.await {
                        Ok((queue, chosen)) => page(&asked, queue, chosen, outcome, bulk, again),
                        Err(error) => host::failed("待办审核", &error),
                    }
                })}
            </Transition>
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
    let again = reading_again(read);
    view! {
        <Title text="审核事项"/>
        <StaffFrame current="/cases">
            <div {..attr("role", "status")}>{move || outcome.get().map(said)}</div>
            <Transition fallback=host::waiting>
                {move || Suspend::new(async move {
                    match read.await {
                        Ok(case) => view! {
                            <PageHead title=case.subject.clone() sub=case.kind.label()>
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

/// Reads the page and the count in the rail anew.
fn reading_again<T: Clone + PartialEq + Send + Sync + 'static>(read: crate::api::Read<T>) -> Callback<()> {
    let viewer = use_viewer();
    Callback::new(move |()| {
        read.refetch();
        viewer.refetch();
    })
}

async fn read(asked: Asked) -> Found {
    let queue = api::queue(asked.folder, asked.kind, asked.search, asked.after).await?;
    let chosen = if asked.case.is_empty() {
        None
    } else {
        Some(one(&asked.case).await)
    };
    Ok((queue, chosen))
}

async fn one(id: &str) -> Result<CaseView, ApiError> {
    match id.parse::<CaseId>() {
        Ok(id) => api::case(id).await,
        Err(_) => Err(ApiError::NotFound),
    }
}

fn page(
    asked: &Asked,
    queue: QueueView,
    chosen: Option<Result<CaseView, ApiError>>,
    outcome: Outcome,
    bulk: Bulk,
    again: Callback<()>,
) -> AnyView {
    let class = if chosen.is_some() { "queue chosen" } else { "queue" };
    let folders = folders(asked, &queue);
    let kinds = kinds(asked, &queue);
    let is_open = asked.folder() == QueueBox::Open;
    let panel = chosen.map(|case| {
        let inside = match case {
            Ok(case) => case::panel(case, outcome, again),
            Err(error) => host::failed("审核事项", &error),
        };
        view! {
            <aside class="stack" {..attr("aria-label", "选中的事项")}>
                <a class="btn line s to-queue" href=asked.without_case()>"回到列表"</a>
                {inside}
            </aside>
        }
        .erased()
    });
    let may_decide = queue.may_decide;
    bulk.forget();
    view! {
        <PageHead title="待办审核" sub="按法定时限排序 · 时限按工作日计，已扣除调休与节假日">
            <Segmented label="选择范围" segments=folders/>
        </PageHead>
        <div class="row between wrap queue-tools">
            {is_open.then(|| view! { <Segmented label="选择事项" segments=kinds/> })}
            {search(asked)}
        </div>
        {(may_decide && is_open).then(|| view! { <BulkBar bulk outcome again/> })}
        <div class=class>
            {lines::table(asked, queue, bulk)}
            {panel}
        </div>
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

fn said((tone, words): (Tone, String)) -> AnyView {
    let icon = if tone == Tone::Ok { LuCircleCheck } else { LuCircleAlert };
    view! { <Banner tone icon title=words/> }.erased()
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
                .href(),
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
        Self {
            case: case.to_string(),
            ..self.clone()
        }
        .href()
    }

    /// The same page without a chosen case.
    pub(super) fn without_case(&self) -> String {
        Self {
            case: String::new(),
            ..self.clone()
        }
        .href()
    }

    /// The next page.
    pub(super) fn following(&self, after: String) -> String {
        Self {
            after,
            case: String::new(),
            ..self.clone()
        }
        .href()
    }

    fn of_kind(&self, kind: &str) -> String {
        Self {
            kind: kind.to_owned(),
            after: String::new(),
            case: String::new(),
            ..self.clone()
        }
        .href()
    }

    fn href(&self) -> String {
        let pairs = [
            ("folder", &self.folder),
            ("kind", &self.kind),
            ("q", &self.search),
            ("after", &self.after),
            ("case", &self.case),
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
        assert_eq!(Asked::default().href(), "/cases");
    }
}
