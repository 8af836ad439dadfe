//! Papers to look at: a row for each, which opens it in the page.

use super::wire;
use crate::ui::{Chip, Erased, Icon, Sheet, Tone, attr};
use domain::file::{FileKind, FileView, Scan, size_label};
use icondata_lu::{LuDownload, LuFileText, LuZoomIn};
use leptos::prelude::*;

/// The papers of something, in their order. Whoever sees them may read them: the server asks that again for each.
#[component]
pub fn FilePapers(
    /// The papers.
    files: Vec<FileView>,
    /// Label and value of what they are compared with; stands above the opened paper.
    #[prop(optional)]
    facts: Vec<(String, String)>,
) -> impl IntoView {
    let rows = files
        .into_iter()
        .map(|file| view! { <li>{paper(file, facts.clone())}</li> }.erased())
        .collect_view();
    view! { <ul class="papers">{rows}</ul> }.erased()
}

/// One paper: small picture, what it is, what the scanner said. A press opens it over the page.
pub(super) fn paper(file: FileView, facts: Vec<(String, String)>) -> AnyView {
    let open = RwSignal::new(false);
    let path = wire::path(file.id);
    let picture = if file.has_thumbnail() {
        let small = [&path, "/thumbnail"].concat();
        view! { <img class="paper-small" src=small alt="" width="56" height="56" loading="lazy" decoding="async"/> }
            .erased()
    } else {
        view! { <span class="paper-small"><Icon icon=LuFileText/></span> }.erased()
    };
    let purpose = file.purpose.label();
    let size = size_label(file.size);
    let name = file.name.clone();
    let tone = match file.scan {
        Scan::Clean => Tone::Ok,
        Scan::NotScanned => Tone::Plain,
        Scan::Pending | Scan::Unreachable => Tone::Warn,
        Scan::Infected => Tone::Bad,
    };
    let scan = file.scan.label();
    let title = [purpose, "：", &file.name].concat();
    view! {
        <button type="button" class="paper" {..attr("aria-haspopup", "dialog")} on:click=move |_| open.set(true)>
            {picture}
            <span class="grow stack">
                <b>{purpose}</b>
                <span class="small muted paper-name">{name}" · "{size}</span>
                <span><Chip tone>{scan}</Chip></span>
            </span>
        </button>
        <Sheet title open>
            {move || open.get().then(|| opened(&file, &facts))}
        </Sheet>
    }
    .into_any()
}

/// The paper itself. Read from the server only now: staff who look are noted there.
fn opened(file: &FileView, facts: &[(String, String)]) -> AnyView {
    let path = wire::path(file.id);
    let save = [&path, "?download=1"].concat();
    let compared = facts
        .iter()
        .map(|(label, value)| {
            view! { <li><span class="muted">{label.clone()}</span>" "<b>{value.clone()}</b></li> }.erased()
        })
        .collect_view();
    let compared = (!facts.is_empty()).then(|| view! { <ul class="row wrap small">{compared}</ul> }.erased());
    let save =
        view! { <a class="btn line s" href=save rel="external" download=""><Icon icon=LuDownload/>"下载"</a> }.erased();
    let shown = match file.kind {
        Some(FileKind::Pdf) => view! {
            <iframe class="paper-view" src=path title=file.name.clone()></iframe>
            <p class="small muted">"手机上看不到内容时，请点“下载”后打开。"</p>
            <div class="row">{save}</div>
        }
        .into_any(),
        Some(FileKind::Jpeg) | None => {
            let large = RwSignal::new(false);
            let words = move || if large.get() { "缩小到整页" } else { "放大" };
            view! {
                // Can be scrolled, so it must be reachable by keyboard.
                <div class="paper-view" tabindex="0" role="group" {..attr("aria-label", "材料图片，可以滚动查看")}>
                    <img src=path alt=[file.purpose.label(), " ", &file.name].concat() class:large=large on:click=move |_| large.update(|large| *large = !*large)/>
                </div>
                <div class="row wrap">
                    <button type="button" class="btn line s" on:click=move |_| large.update(|large| *large = !*large)><Icon icon=LuZoomIn/>{words}</button>
                    {save}
                </div>
            }
            .into_any()
        }
    };
    view! { {compared}{shown} }.into_any()
}
