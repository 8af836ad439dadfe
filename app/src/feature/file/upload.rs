//! The fields that upload: take a photo or choose a file, see it go, see what became of it.

use super::job::{Job, Progress};
use super::{papers, wire};
use crate::ui::{Erased, FieldError, Icon, attr};
use domain::FileId;
use domain::file::{FilePurpose, FileView};
use icondata_lu::{LuCamera, LuFolderOpen, LuTrash2, LuX};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

/// One paper. `value` holds it once it is checked and stored; put its id into the form.
#[component]
pub fn UploadField(
    /// The words above the field.
    label: &'static str,
    /// The form name, for the ids of hint and error.
    name: &'static str,
    /// What the file is handed in as.
    purpose: FilePurpose,
    /// The file, once it is ready.
    value: RwSignal<Option<FileView>>,
    /// One line that helps.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// What the form says is wrong with it.
    #[prop(into, optional)]
    error: FieldError,
    /// Called when a file is chosen: what was said about a missing one is then taken back.
    #[prop(optional)]
    chosen: Option<Callback<()>>,
    /// Whether it must be handed in.
    #[prop(default = true)]
    required: bool,
) -> impl IntoView {
    let job = Job::new();
    let fresh = Fresh::default();
    let done = move |view: FileView| {
        if let Some(Some(before)) = value.try_get_untracked() {
            fresh.let_go(before.id);
        }
        fresh.came(view.id);
        value.try_set(Some(view));
    };
    let drop_it = Callback::new(move |view: FileView| {
        value.set(None);
        fresh.let_go(view.id);
    });
    let control = view! {
        {move || value.get().map(|view| kept(view, drop_it))}
        {move || {
            let words = if value.with(Option::is_some) { ["重拍一张", "换一个文件"] } else { ["拍照", "选择文件"] };
            chooser(job, purpose, words, (false, label), chosen, done)
        }}
    };
    field(label, name, hint, error, required, job, control.into_any())
}

/// What was uploaded on this page. A paper of before may be sealed with a case, and one of a draft that nobody sends goes by
/// itself; only these are taken back at once.
#[derive(Clone, Copy, Default)]
struct Fresh(StoredValue<Vec<FileId>>);

impl Fresh {
    fn came(self, id: FileId) {
        self.0.try_update_value(|all| all.push(id));
    }

    fn let_go(self, id: FileId) {
        if self.0.try_with_value(|all| all.contains(&id)) == Some(true) {
            leptos::task::spawn_local(wire::remove(id));
        }
    }
}

/// Several papers of one kind, at most `max`.
#[component]
pub fn UploadList(
    /// The words above the field.
    label: &'static str,
    /// The form name, for the ids of hint and error.
    name: &'static str,
    /// What the files are handed in as.
    purpose: FilePurpose,
    /// The files that are ready, in the order of their upload.
    value: RwSignal<Vec<FileView>>,
    /// How many at most.
    max: usize,
    /// One line that helps.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// What the form says is wrong with them.
    #[prop(into, optional)]
    error: FieldError,
    /// Called when a file is chosen: what was said about a missing one is then taken back.
    #[prop(optional)]
    chosen: Option<Callback<()>>,
    /// Whether there must be one.
    #[prop(default = true)]
    required: bool,
) -> impl IntoView {
    let job = Job::new();
    let fresh = Fresh::default();
    let done = move |view: FileView| {
        let fits = value.try_with_untracked(Vec::len).is_some_and(|count| count < max);
        if fits {
            fresh.came(view.id);
            value.try_update(|files| files.push(view));
        } else {
            leptos::task::spawn_local(wire::remove(view.id));
        }
    };
    let drop_it = Callback::new(move |view: FileView| {
        value.update(|files| files.retain(|file| file.id != view.id));
        fresh.let_go(view.id);
    });
    let control = view! {
        {move || value.get().into_iter().map(|view| kept(view, drop_it)).collect_view()}
        {move || {
            let count = value.with(Vec::len);
            if count >= max {
                let full = ["最多 ", &max.to_string(), " 份，已经传满。要换请先删除一份。"].concat();
                view! { <p class="hint">{full}</p> }.erased()
            } else {
                let words = if count > 0 { ["再拍一张", "再选文件"] } else { ["拍照", "选择文件"] };
                chooser(job, purpose, words, (true, label), chosen, done)
            }
        }}
    };
    field(label, name, hint, error, required, job, control.into_any())
}

/// Label, hint, control, how far it is, error; tied together for who listens.
fn field(
    label: &'static str,
    name: &'static str,
    hint: Option<&'static str>,
    error: FieldError,
    required: bool,
    job: Job,
    control: AnyView,
) -> AnyView {
    let (label_id, error_id) = (["l-", name].concat(), ["e-", name].concat());
    let hint_id = ["h-", name].concat();
    let described_by = match hint {
        Some(_) => [hint_id.as_str(), " ", &error_id].concat(),
        None => error_id.clone(),
    };
    let labelled_by = label_id.clone();
    let error = move || match job.progress.get() {
        Progress::Failed(sentence) => Some(sentence),
        Progress::Idle => error.get(),
        Progress::Sending(_) | Progress::Waiting(_) | Progress::Checking(_) => None,
    };
    view! {
        <div class="field upload" id=crate::ui::field_id(name) tabindex="-1" role="group" {..attr("aria-labelledby", labelled_by)} {..attr("aria-describedby", described_by)}>
            <p class="label" id=label_id>{label}{(!required).then(|| view! { <span class="muted">"（选填）"</span> }.erased())}</p>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> }.erased())}
            {control}
            {move || under_way(job, label)}
            <div role="alert" id=error_id>
                {move || error().map(|sentence| view! { <p class="error">{sentence}</p> }.erased())}
            </div>
            <noscript inner_html="<p class=\"hint\">上传文件需要浏览器打开 JavaScript。请打开后刷新页面，或换一个浏览器。</p>"></noscript>
        </div>
    }
    .erased()
}

/// Camera and disk. The camera's button shows on phones and tablets only (`style/file.css`): elsewhere it would be the same.
fn chooser(
    job: Job,
    purpose: FilePurpose,
    [camera, disk]: [&'static str; 2],
    (several, label): (bool, &'static str),
    on_chosen: Option<Callback<()>>,
    done: impl Fn(FileView) + Copy + 'static,
) -> AnyView {
    let busy = move || {
        matches!(
            job.progress.get(),
            Progress::Sending(_) | Progress::Waiting(_) | Progress::Checking(_)
        )
    };
    let chosen = move |event: Event| {
        let files = taken(&event);
        if !files.is_empty() {
            if let Some(tell) = on_chosen {
                tell.run(());
            }
            job.start(files, purpose, done);
        }
    };
    let takes_photos = purpose.formats().images.then(|| {
        view! {
            <label class="btn line s pick camera">
                <Icon icon=LuCamera/>{camera}<span class="sr">"："{label}</span>
                <input class="sr" type="file" accept="image/*" {..attr("capture", "environment")} on:change=chosen/>
            </label>
        }
        .erased()
    });
    view! {
        <div class="row wrap" hidden=busy>
            {takes_photos}
            <label class="btn line s pick">
                <Icon icon=LuFolderOpen/>{disk}<span class="sr">"："{label}</span>
                <input class="sr" type="file" accept=purpose.accept() multiple=several on:change=chosen/>
            </label>
        </div>
    }
    .erased()
}

/// The files of the event's input, which is emptied so that the same file can be chosen again.
fn taken(event: &Event) -> Vec<web_sys::File> {
    let input = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return Vec::new() };
    let files = input.files().map_or_else(Vec::new, |list| {
        (0..list.length()).filter_map(|index| list.get(index)).collect()
    });
    input.set_value("");
    files
}

/// How far the upload is, in words and as a bar, and the way to stop it.
fn under_way(job: Job, label: &'static str) -> Option<AnyView> {
    let (words, per_cent) = match job.progress.get() {
        Progress::Idle | Progress::Failed(_) => return None,
        Progress::Sending(done) => (["正在上传，已传 ", &done.to_string(), "%"].concat(), Some(done)),
        Progress::Waiting(done) => (
            [
                "没有网络，已传 ",
                &done.to_string(),
                "%。连上网后自动接着传，请不要关闭页面。",
            ]
            .concat(),
            Some(done),
        ),
        Progress::Checking(domain::file::Scan::Unreachable) => (
            "已传完。病毒扫描暂时连不上，会自动重试，请稍后再来看。".to_owned(),
            None,
        ),
        Progress::Checking(_) => ("已传完，正在检查文件，请稍等。".to_owned(), None),
    };
    // Without a value the bar says that it is not known how long it takes.
    let bar = match per_cent {
        Some(done) => {
            view! { <progress max="100" value=done.to_string() {..attr("aria-label", label)}></progress> }.erased()
        }
        None => view! { <progress max="100" {..attr("aria-label", label)}></progress> }.erased(),
    };
    let view = view! {
        <div class="row">
            <div class="stack grow">
                {bar}
                <p class="small" role="status">{words}</p>
            </div>
            <button type="button" class="btn line s" on:click=move |_| job.cancel()><Icon icon=LuX/>"取消"<span class="sr">"上传"{label}</span></button>
        </div>
    };
    Some(view.erased())
}

/// A file that is ready, and the way to take it back.
fn kept(view: FileView, drop_it: Callback<FileView>) -> AnyView {
    let name = view.name.clone();
    let paper = papers::paper(view.clone(), Vec::new());
    view! {
        <div class="row kept">
            <div class="grow">{paper}</div>
            <button type="button" class="btn icon" {..attr("aria-label", ["删除 ", &name].concat())} on:click=move |_| drop_it.run(view.clone())>
                <Icon icon=LuTrash2/>
            </button>
        </div>
    }
    .erased()
}
