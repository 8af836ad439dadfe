//! `/me/identity`: where the own 实名认证 stands, who acts until when, and what can be put right.

use super::api;
use crate::api::{ApiError, read};
use crate::device::worker;
use crate::feature::division::DivisionPicker;
use crate::feature::file::{FilePapers, UploadField};
use crate::feature::form::{error_of, focus_first, summary_of};
use crate::feature::host::form::Unmended;
use crate::ui::{
    Banner, Chip, Erased, ErrorSummary, Shape, Skeleton, SubmitButton, TextField, Tone, TopBar, TraineeFrame,
};
use domain::FieldErrors;
use domain::file::{FilePurpose, FileView};
use domain::identity::{IdentityForm, IdentityGround, IdentityState, PHOTOS, PersonIdentityView, stands};
use domain::review::CaseState;
use domain::value::day_label;
use icondata_lu::{LuCircleAlert, LuCircleCheck, LuInfo};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;

/// The page.
#[component]
pub fn IdentityPage() -> impl IntoView {
    let data = read(|| (), |()| api::person());
    let again = Callback::new(move |()| data.refetch());
    let header = view! { <TopBar title="实名认证" back="/me"/> }.erased();
    view! {
        <Title text="实名认证"/>
        <TraineeFrame current="/me" header>
            <Transition fallback=loading>
                {move || Suspend::new(async move {
                    match data.await {
                        Ok(view) => screen(view, again),
                        Err(error) => unreadable(&error, again),
                    }
                })}
            </Transition>
        </TraineeFrame>
    }
}

/// The tone that repeats a state.
#[must_use]
pub const fn tone(state: IdentityState) -> Tone {
    match state {
        IdentityState::Unverified => Tone::Warn,
        IdentityState::Checking | IdentityState::Manual => Tone::Info,
        IdentityState::Verified => Tone::Ok,
        IdentityState::Rejected => Tone::Bad,
    }
}

fn loading() -> AnyView {
    view! {
        <p class="sr" role="status">"正在读取"</p>
        <Skeleton shape=Shape::Card/>
        <Skeleton shape=Shape::Card/>
    }
    .erased()
}

fn unreadable(error: &ApiError, again: Callback<()>) -> AnyView {
    let words = error.message();
    view! {
        <Banner tone=Tone::Warn icon=LuCircleAlert title="现在打不开这一页">
            <p>{words}</p>
            <button type="button" class="btn s" on:click=move |_| again.run(())>"再试一次"</button>
        </Banner>
    }
    .erased()
}

fn screen(view: PersonIdentityView, again: Callback<()>) -> AnyView {
    let edit = (!view.editable.is_empty()).then(|| view! { <Edit known=view.clone() again/> }.erased());
    view! {
        {progress(&view, again)}
        {view.in_the_way.clone().map(|title| view! { <Banner tone=Tone::Warn icon=LuInfo title/> }.erased())}
        {edit}
        {known(view)}
    }
    .erased()
}

/// The state in words, the reason, and when it was submitted.
fn progress(view: &PersonIdentityView, again: Callback<()>) -> AnyView {
    let (state, case) = (view.state, view.standing.as_ref());
    let stopped = state == IdentityState::Rejected || case.is_some_and(|case| case.state == CaseState::Returned);
    let reason = case.filter(|_| stopped).and_then(|case| case.reason.clone());
    let submitted = case.filter(|_| state == IdentityState::Manual).map(|case| {
        let at = case.submitted_at;
        [&day_label(at.day()), " ", &at.clock(), " 提交"].concat()
    });
    let waits = matches!(state, IdentityState::Checking | IdentityState::Manual) && view.editable.is_empty();
    let (chip_tone, chip_words) = (if view.returned { Tone::Warn } else { tone(state) }, chip(view));
    view! {
        <section class="card stack" aria-labelledby="progress">
            <div class="row between"><h2 id="progress">"认证进度"</h2><Chip tone=chip_tone>{chip_words}</Chip></div>
            <p>{stands(state, case)}</p>
            {reason.map(|reason| view! {
                <Banner tone=Tone::Bad icon=LuCircleAlert title="原因"><p>{reason}</p></Banner>
            }.erased())}
            {submitted.map(|words| view! { <p class="small muted num">{words}</p> }.erased())}
            {waits.then(|| view! {
                <button type="button" class="btn line s" on:click=move |_| again.run(())>"看看有没有结果"</button>
            }.erased())}
            {(state == IdentityState::Verified).then(|| view! {
                <Banner tone=Tone::Ok icon=LuCircleCheck title="可以确认见习邀请了"><a class="btn s" href="/today">"回到今天"</a></Banner>
            }.erased())}
        </section>
    }
    .erased()
}

fn chip(view: &PersonIdentityView) -> &'static str {
    if view.returned { "请补正" } else { view.state.label() }
}

/// What was submitted.
fn known(view: PersonIdentityView) -> AnyView {
    let photos = (!view.photos.is_empty()).then(|| view! { <FilePapers files=view.photos/> }.erased());
    view! {
        <section class="card stack" aria-labelledby="known">
            <h2 id="known">"登记的信息"</h2>
            <dl class="facts">
                <dt>"姓名"</dt>
                <dd>{view.name}</dd>
                <dt>"身份证号"</dt>
                <dd class="num">{view.id_card}</dd>
                <dt>"常住地址"</dt>
                <dd>{view.residence}</dd>
            </dl>
            {photos}
            <p class="small muted">"审核由常住地址所在县（市、区）的人社部门办理。"</p>
        </section>
    }
    .erased()
}

/// What is typed.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    id_card: RwSignal<String>,
    residence: RwSignal<String>,
    residence_detail: RwSignal<String>,
    front: RwSignal<Option<FileView>>,
    back: RwSignal<Option<FileView>>,
}

impl Draft {
    /// Parts that cannot be changed now stay empty.
    fn new(known: &PersonIdentityView) -> Self {
        let where_editable = |code: &str, text: &str| {
            let text = if may(known, code) { text } else { "" };
            RwSignal::new(text.to_owned())
        };
        Self {
            name: where_editable("name", &known.name),
            id_card: RwSignal::new(String::new()),
            residence: where_editable("residence", &known.residence_code),
            residence_detail: where_editable("residence", &known.residence_detail),
            front: RwSignal::new(None),
            back: RwSignal::new(None),
        }
    }

    fn form(self) -> IdentityForm {
        let id = |file: RwSignal<Option<FileView>>| {
            file.with_untracked(|file| file.as_ref().map(|file| file.id.to_string()))
                .unwrap_or_default()
        };
        IdentityForm {
            name: self.name.get_untracked(),
            id_card: self.id_card.get_untracked(),
            residence: self.residence.get_untracked(),
            residence_detail: self.residence_detail.get_untracked(),
            front: id(self.front),
            back: id(self.back),
        }
    }
}

fn may(known: &PersonIdentityView, code: &str) -> bool {
    known.editable.iter().any(|editable| editable == code)
}

/// The form, with nothing but what may be changed now.
#[component]
fn Edit(
    /// What is known.
    known: PersonIdentityView,
    /// Reads the page anew.
    again: Callback<()>,
) -> impl IntoView {
    let draft = Draft::new(&known);
    let errors = RwSignal::new(FieldErrors::default());
    let (busy, unmended) = (RwSignal::new(false), Unmended::new());
    let show = move |wrong: FieldErrors| {
        focus_first(&wrong);
        errors.try_set(wrong);
    };
    let (title, action) = if known.returned {
        ("补正", "改好了，重新提交")
    } else {
        ("核对并提交", "提交实名认证")
    };
    let fields = fields(&known, draft, errors);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let form = draft.form();
        let ground = IdentityGround {
            today: known.today,
            editable: &known.editable,
            returned: known.returned,
        };
        if busy.get_untracked() {
            return;
        }
        if let Err(wrong) = form.check(&ground) {
            show(wrong);
            return;
        }
        if unmended.stops(known.unmended(&form)) {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = api::submit(form).await;
            busy.try_set(false);
            match answer {
                Ok(_) => {
                    worker::keep("/today");
                    again.try_run(());
                }
                Err(error) => show(error.for_form()),
            }
        });
    };
    view! {
        <section class="card stack" aria-labelledby="edit">
            <h2 id="edit">{title}</h2>
            <noscript><p class="hint">"修改和上传照片需要浏览器打开 JavaScript。也可以带身份证到当地人社部门办理。"</p></noscript>
            <form class="form" novalidate=true on:submit=send>
                <ErrorSummary errors=summary_of(errors)/>
                {fields}
                {unmended.question()}
                <SubmitButton label=action busy/>
            </form>
        </section>
    }
    .erased()
}

fn fields(known: &PersonIdentityView, draft: Draft, errors: RwSignal<FieldErrors>) -> AnyView {
    let returned = known.returned;
    let name = may(known, "name").then(|| {
        view! {
            <TextField label="姓名" name="name" value=draft.name error=error_of(errors, "name") hint="和身份证上一样。"
                autocomplete="name" maxlength=30/>
        }
        .erased()
    });
    let hint = if returned {
        "18 位，请照着身份证再填一次。"
    } else {
        "和登记的一样就不用填；要改就填完整的 18 位。"
    };
    let id_card = may(known, "id_card").then(|| {
        view! {
            <TextField label="身份证号" name="id_card" value=draft.id_card error=error_of(errors, "id_card") hint
                autocomplete="off" maxlength=18 required=returned/>
        }
        .erased()
    });
    let residence = may(known, "residence").then(|| {
        view! {
            <DivisionPicker value=draft.residence error=error_of(errors, "residence")/>
            <TextField label="详细地址" name="residence_detail" value=draft.residence_detail
                error=error_of(errors, "residence_detail") hint="乡镇（街道）、村（社区）、门牌号。"
                autocomplete="street-address" maxlength=80/>
        }
        .into_any()
    });
    let chosen = |field: &'static str| {
        Callback::new(move |()| {
            if errors.with_untracked(|errors| errors.of(field).is_some()) {
                errors.update(|errors| errors.0.retain(|error| error.field != field));
            }
        })
    };
    let photos = may(known, PHOTOS).then(|| {
        view! {
            <UploadField label="身份证人像面" name="front" purpose=FilePurpose::IdCardFront value=draft.front
                error=error_of(errors, "front") chosen=chosen("front") hint="有照片的一面，四角和文字都要拍清楚。只给审核的机构看。" required=returned/>
            <UploadField label="身份证国徽面" name="back" purpose=FilePurpose::IdCardBack value=draft.back
                error=error_of(errors, "back") chosen=chosen("back") required=returned/>
        }
        .into_any()
    });
    view! { {name}{id_card}{residence}{photos} }.into_any()
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use super::*;
    use domain::review::{StagePurpose, Standing};
    use domain::value::parse_day;
    use domain::{CaseId, Moment};

    fn known(state: IdentityState, case: Option<CaseState>, editable: &[&str]) -> PersonIdentityView {
        let today = parse_day("2026-11-19").unwrap();
        PersonIdentityView {
            state,
            since: None,
            standing: case.map(|state| Standing {
                id: CaseId::new(uuid::Uuid::from_u128(3)),
                state,
                purpose: StagePurpose::CountyReview,
                agency: "石阡县人力资源和社会保障局".into(),
                due: None,
                reason: Some("照片里的号码看不清".into()),
                taken_back: false,
                fields: vec![(PHOTOS.into(), "身份证照片".into())],
                stages: Vec::new(),
                submitted_at: Moment::at(today, 9, 0),
                decided_at: None,
            }),
            name: "杨晓雨".into(),
            id_card: "522224**********15".into(),
            residence_code: "520623".into(),
            residence_detail: "平安路 12 号".into(),
            residence: "贵州省铜仁市石阡县平安路 12 号".into(),
            photos: Vec::new(),
            editable: editable.iter().map(|code| (*code).to_owned()).collect(),
            returned: state == IdentityState::Manual && !editable.is_empty(),
            in_the_way: None,
            today,
        }
    }

    fn html(view: PersonIdentityView) -> String {
        Owner::new().with(|| screen(view, Callback::new(|()| ())).to_html())
    }

    #[test]
    fn a_returned_identity_shows_the_reason_and_only_what_is_to_be_mended() {
        let html = html(known(IdentityState::Manual, Some(CaseState::Returned), &[PHOTOS]));
        for words in ["照片里的号码看不清", "身份证人像面", "身份证国徽面", "重新提交"] {
            assert!(html.contains(words), "{words} in {html}");
        }
        assert!(!html.contains("name=\"name\"") && !html.contains("name=\"residence\""));
    }

    #[test]
    fn while_an_agency_looks_there_is_nothing_to_submit_and_no_old_reason() {
        let waits = html(known(IdentityState::Manual, Some(CaseState::Submitted), &[]));
        assert!(waits.contains("石阡县人力资源和社会保障局正在审核"), "{waits}");
        assert!(!waits.contains("<form") && !waits.contains("看不清"));
        let done = html(known(IdentityState::Verified, None, &[]));
        assert!(done.contains("已认证") && !done.contains("<form"));
    }
}
