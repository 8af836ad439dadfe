//! Deciding a case: one press to approve, a reason with named fields to return it, a reason to reject or to take a decision
//! back. What was typed is kept on this device until it is sent.

use super::api;
use super::keys::ASKS;
use super::queue::Outcome;
use crate::api::ApiError;
use crate::device::kept;
use crate::feature::file::UploadList;
use crate::feature::host;
use crate::feature::host::form::Errors;
use crate::ui::{
    Choice, DateField, Erased, ErrorSummary, RadioCards, SubmitButton, TextAreaField, TextField, Tone, attr, field_id,
};
use domain::file::{FilePurpose, FileView};
use domain::review::{CaseView, DecisionForm, DecisionGround, INSPECTION_PHOTOS, StagePurpose, Verdict, needs_record};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

/// What outlives a reload of this tab.
#[derive(Default, Serialize, Deserialize)]
struct Kept {
    form: DecisionForm,
    photos: Vec<FileView>,
}

/// The form as it is typed.
#[derive(Clone, Copy)]
struct Draft {
    reason: RwSignal<String>,
    fields: RwSignal<Vec<String>>,
    visited_on: RwSignal<String>,
    visitors: RwSignal<String>,
    premises: RwSignal<String>,
    operation: RwSignal<String>,
    needs: RwSignal<String>,
    photos: RwSignal<Vec<FileView>>,
    proof: RwSignal<String>,
    note: RwSignal<String>,
}

impl Draft {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            reason: empty(),
            fields: RwSignal::new(Vec::new()),
            visited_on: empty(),
            visitors: empty(),
            premises: empty(),
            operation: empty(),
            needs: empty(),
            photos: RwSignal::new(Vec::new()),
            proof: empty(),
            note: empty(),
        }
    }

    fn form(self, verdict: Verdict) -> DecisionForm {
        DecisionForm {
            verdict: verdict.code().to_owned(),
            reason: self.reason.get(),
            fields: self.fields.get(),
            visited_on: self.visited_on.get(),
            visitors: self.visitors.get(),
            premises: self.premises.get(),
            operation: self.operation.get(),
            needs: self.needs.get(),
            photos: self
                .photos
                .with(|files| files.iter().map(|file| file.id.to_string()).collect()),
            proof: self.proof.get(),
            note: self.note.get(),
        }
    }
}

/// Everything that the form's parts share.
#[derive(Clone, Copy)]
struct Desk {
    case: StoredValue<CaseView>,
    draft: Draft,
    errors: Errors,
    /// What is being filled in; nothing: only the buttons show.
    doing: RwSignal<Option<Verdict>>,
    busy: RwSignal<bool>,
    outcome: Outcome,
    again: Callback<()>,
}

/// The buttons, and the form of whichever was pressed.
#[component]
pub(super) fn Decide(case: CaseView, outcome: Outcome, again: Callback<()>) -> impl IntoView {
    let may = case.may;
    let name = kept_as(&case);
    let draft = Draft::new();
    let doing = RwSignal::new(None);
    Effect::new(move |ran: Option<()>| {
        let now = Kept {
            form: draft.form(doing.get().unwrap_or(Verdict::Approve)),
            photos: draft.photos.get(),
        };
        if ran.is_some() {
            if doing.get_untracked().is_some() {
                kept::keep(&name, &now);
            }
        } else if let Some(kept) = kept::read::<Kept>(&name) {
            doing.set(Verdict::from_code(&kept.form.verdict));
            draft.fill(kept);
        }
    });
    let desk = Desk {
        case: StoredValue::new(case),
        draft,
        errors: Errors::new(),
        doing,
        busy: RwSignal::new(false),
        outcome,
        again,
    };
    view! {
        <div class="decision rule stack">
            {move || match doing.get() {
                None => buttons(desk, may.decide, may.revoke),
                Some(verdict) => form(desk, verdict),
            }}
        </div>
    }
    .erased()
}

impl Draft {
    fn fill(self, Kept { form, photos }: Kept) {
        self.photos.set(photos);
        self.reason.set(form.reason);
        self.fields.set(form.fields);
        self.visited_on.set(form.visited_on);
        self.visitors.set(form.visitors);
        self.premises.set(form.premises);
        self.operation.set(form.operation);
        self.needs.set(form.needs);
        self.proof.set(form.proof);
        self.note.set(form.note);
    }
}

fn kept_as(case: &CaseView) -> String {
    format!("jianxi.case.{}", case.id)
}

fn buttons(desk: Desk, decide: bool, revoke: bool) -> AnyView {
    let begin = move |verdict| {
        move |_| {
            desk.errors.clear();
            desk.doing.set(Some(verdict));
        }
    };
    let needs_more = desk.case.with_value(|case| needs_record(case.kind, case.purpose));
    let approve = move |_| {
        if needs_more {
            desk.errors.clear();
            desk.doing.set(Some(Verdict::Approve));
        } else {
            send(desk, Verdict::Approve);
        }
    };
    let approve_words = desk.case.with_value(|case| match case.purpose {
        StagePurpose::CountyInspection => "填写考察记录",
        StagePurpose::ProvincialFiling => "备案",
        StagePurpose::CountyReview | StagePurpose::CityReview | StagePurpose::ProvinceReview => "通过",
    });
    view! {
        <ErrorSummary errors=desk.errors.all() title="没有办成"/>
        {decide.then(|| view! {
            <div class="verdicts">
                <button type="button" id="case-approve" class="btn" {..attr("aria-keyshortcuts", "a")} {..attr(ASKS, needs_more.then_some(""))}
                    {..attr("aria-busy", move || desk.busy.get().then_some("true"))} on:click=approve>{approve_words}</button>
                <button type="button" id="case-return" class="btn line" {..attr("aria-keyshortcuts", "r")}
                    on:click=begin(Verdict::Return)>"退回补正"</button>
                <button type="button" class="btn bad" on:click=begin(Verdict::Reject)>"不通过，写明原因"</button>
            </div>
            <p class="small muted keys">"键盘：j 下一件，k 上一件，a 到“通过”再回车，r 退回"</p>
        }.into_any())}
        {revoke.then(|| view! {
            <button type="button" class="btn line" on:click=begin(Verdict::Revoke)>"撤销审核，恢复到待审"</button>
        }.erased())}
    }
    .into_any()
}

fn form(desk: Desk, verdict: Verdict) -> AnyView {
    let inside = match verdict {
        Verdict::Approve => approval(desk),
        Verdict::Return => view! { {fields(desk)}{reason(desk, "为什么退回，怎么改")} }.into_any(),
        Verdict::Reject | Verdict::Revoke | Verdict::Submit | Verdict::Resubmit => reason(desk, "原因"),
    };
    let title = match verdict {
        Verdict::Approve => "通过前的记录",
        Verdict::Return => "退回补正",
        Verdict::Reject => "不通过",
        Verdict::Revoke => "撤销审核",
        Verdict::Submit | Verdict::Resubmit => "",
    };
    let words = match verdict {
        Verdict::Approve => "通过",
        Verdict::Return => "退回给对方",
        Verdict::Reject => "确定不通过",
        Verdict::Revoke => "确定撤销",
        Verdict::Submit | Verdict::Resubmit => "提交",
    };
    view! {
        <form class="form" novalidate=true on:submit=move |event| {
            event.prevent_default();
            send(desk, verdict);
        }>
            <h3>{title}</h3>
            <ErrorSummary errors=desk.errors.all() title="没有办成"/>
            {inside}
            <div class="row wrap">
                <SubmitButton label=words busy=desk.busy class=if verdict == Verdict::Reject { "btn bad" } else { "btn" }/>
                <button type="button" class="btn line" on:click=move |_| {
                    desk.errors.clear();
                    kept::forget(&desk.case.with_value(kept_as));
                    desk.doing.set(None);
                }>"先不办"</button>
            </div>
        </form>
    }
    .erased()
}

fn approval(desk: Desk) -> AnyView {
    let draft = desk.draft;
    let beside = move |field, value| desk.errors.beside(field, value);
    let (purpose, submitted_on, today) = desk
        .case
        .with_value(|case| (case.purpose, case.submitted_on, case.today));
    if purpose == StagePurpose::CountyInspection {
        return view! {
            <DateField label="考察日期" name="visited_on" value=draft.visited_on error=beside("visited_on", draft.visited_on)
                min=submitted_on.to_string() max=today.to_string()/>
            <TextField label="考察人" name="visitors" value=draft.visitors error=beside("visitors", draft.visitors)
                hint="两人以上用顿号分开" autocomplete="off" maxlength=100/>
            <TextAreaField label="见习场所" name="premises" value=draft.premises error=beside("premises", draft.premises)
                hint="地点、面积、安全和工位情况" maxlength=500/>
            <TextAreaField label="经营状况" name="operation" value=draft.operation error=beside("operation", draft.operation)
                hint="是否正常经营，在岗和参保人数" maxlength=500/>
            <TextAreaField label="岗位需求" name="needs" value=draft.needs error=beside("needs", draft.needs)
                hint="岗位是否真实，适合哪些专业，能带多少人" maxlength=500/>
            <UploadList label="考察照片" name="photos" purpose=FilePurpose::InspectionRecord value=draft.photos
                max=INSPECTION_PHOTOS required=false error=desk.errors.one("photos") chosen=desk.errors.forgetting("photos")
                hint="场所、工位的照片或盖章的考察表，最多 3 份，和考察记录一起保存。"/>
        }
        .into_any();
    }
    let mut proofs = vec![Choice::new("phone", "电话核实").detail("拨打本人登记的手机号，核对姓名和号码")];
    if desk.case.with_value(has_id_card) {
        proofs.push(Choice::new("id_card", "核对身份证照片").detail("打开本人上传的照片，核对姓名和号码"));
    }
    view! {
        <RadioCards label="怎样核实了本人" name="proof" value=draft.proof options=proofs error=beside("proof", draft.proof)/>
        <TextAreaField label="核实经过" name="note" value=draft.note error=beside("note", draft.note)
            hint="例如：11月19日 9:40 通话，本人报出姓名和证件后四位，一致" maxlength=500/>
    }
    .into_any()
}

/// Whether there are photos of the card to compare.
fn has_id_card(case: &CaseView) -> bool {
    case.papers.iter().any(|paper| paper.field == "id_card_photos")
}

/// Which fields have to be mended: a box each.
fn fields(desk: Desk) -> AnyView {
    let chosen = desk.draft.fields;
    let error = desk.errors.one("fields");
    let boxes = desk
        .case
        .with_value(|case| case.fields.clone())
        .into_iter()
        .enumerate()
        .map(|(at, (code, label))| {
            let (known, toggled) = (code.clone(), code);
            let id = (at == 0).then(|| field_id("fields"));
            view! {
                <label class="choice">
                    <input type="checkbox" id=id prop:checked=move || chosen.with(|all| all.contains(&known))
                        on:change=move |event| {
                            let on = event_target_checked(&event);
                            desk.errors.forget("fields");
                            chosen.update(|all| {
                                all.retain(|code| *code != toggled);
                                if on {
                                    all.push(toggled.clone());
                                }
                            });
                        }/>
                    <span class="grow">{label}</span>
                </label>
            }
            .erased()
        })
        .collect_view();
    view! {
        <fieldset {..attr("aria-describedby", move || error.get().is_some().then_some("e-fields"))}>
            <legend>"需要补正的内容"</legend>
            <p class="hint">"对方只能修改勾选的部分，其余内容保持不变"</p>
            <div class="choices pills">{boxes}</div>
            {move || error.get().map(|text| view! { <p class="error" id="e-fields">{text}</p> }.erased())}
        </fieldset>
    }
    .erased()
}

fn reason(desk: Desk, label: &'static str) -> AnyView {
    view! {
        <TextAreaField label name="reason" value=desk.draft.reason error=desk.errors.beside("reason", desk.draft.reason)
            hint="对方会看到这段话，请写清楚下一步怎么做" maxlength=300/>
    }
    .into_any()
}

fn send(desk: Desk, verdict: Verdict) {
    if desk.busy.get_untracked() {
        return;
    }
    let form = untrack(|| desk.draft.form(verdict));
    let wrong = desk.case.with_value(|case| {
        let codes: Vec<&str> = case.fields.iter().map(|(code, _)| code.as_str()).collect();
        form.check(&DecisionGround {
            kind: case.kind,
            purpose: case.purpose,
            submitted_on: case.submitted_on,
            today: case.today,
            fields: &codes,
            has_id_card: has_id_card(case),
        })
        .err()
    });
    if let Some(wrong) = wrong {
        desk.errors.set(wrong);
        return;
    }
    desk.errors.clear();
    desk.busy.set(true);
    let (id, version, subject, name) = desk
        .case
        .with_value(|case| (case.id, case.version, case.subject.clone(), kept_as(case)));
    spawn_local(async move {
        let answer = api::decide(id, version, form).await;
        desk.busy.try_set(false);
        match answer {
            Ok(_) => {
                kept::forget(&name);
                desk.outcome
                    .try_set(Some((Tone::Ok, format!("{subject}：已{}。", done(verdict)))));
                desk.again.run(());
            }
            Err(ApiError::SignIn) => host::leave_for_sign_in(),
            Err(ApiError::Invalid { errors }) => desk.errors.set(errors),
            Err(error @ ApiError::Conflict { .. }) => {
                desk.outcome.try_set(Some((Tone::Warn, error.message())));
                desk.again.run(());
            }
            Err(ApiError::Transport) => {
                desk.errors.set_general(
                    "没有网络，不知道是否已经办理。填的内容存在这台设备上，连上网后刷新页面再看。".to_owned(),
                );
            }
            Err(error) => desk.errors.set_general(error.message()),
        }
    });
}

const fn done(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Approve => "通过",
        Verdict::Return => "退回补正",
        Verdict::Reject => "作出不通过的决定",
        Verdict::Revoke => "撤销审核，恢复到待审",
        Verdict::Submit | Verdict::Resubmit => "提交",
    }
}
