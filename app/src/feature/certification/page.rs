//! `/host/certification`: the application in sections, who acts until when, and what is sealed while an agency has it.

use super::api;
use super::draft::Draft;
use super::facts;
use super::rows::RowsField;
use super::standing::{standing, way};
use crate::api::{ApiError, Read};
use crate::device::kept;
use crate::feature::file::{FilePapers, UploadField};
use crate::feature::host;
use crate::feature::host::form::{Errors, Unmended};
use crate::ui::{
    Chip, Choice, Erased, ErrorSummary, HostFrame, Icon, PageHead, RadioCards, SubmitButton, TextAreaField, TextField,
    Tone, attr,
};
use domain::certification::{
    CertificationForm, CertificationPage as Page, CertificationState, Editable, FormGround, MENTORS, NEEDS, REQUIRED,
    STAFF,
};
use domain::file::FilePurpose;
use domain::review::Standing;
use icondata_lu::LuPrinter;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;

/// The name under which what was typed outlives a reload.
const KEPT: &str = "jianxi.certification";
const TITLE: &str = "见习单位认证";

pub(super) type Reading = Read<Result<Page, ApiError>>;

/// `/host/certification`.
#[component]
pub fn CertificationPage() -> impl IntoView {
    let page: Reading = crate::api::read(|| (), |()| api::view());
    view! {
        <Title text=TITLE/>
        <HostFrame current="/host/unit">
            <Suspense fallback=host::waiting>
                {move || Suspend::new(async move {
                    match page.await {
                        Ok(found) => screen(found, page),
                        Err(error) => host::failed(TITLE, &error),
                    }
                })}
            </Suspense>
        </HostFrame>
    }
    .erased()
}

fn screen(page: Page, reading: Reading) -> AnyView {
    let sub = format!("{} · {}", page.name, page.address);
    let (tone, state) = match page.editable {
        Editable::Fields(_) => (Tone::Warn, facts::RETURNED),
        Editable::Everything | Editable::Nothing => (facts::tone(page.state), page.state.label()),
    };
    let body = match page.editable {
        Editable::Nothing if page.form == CertificationForm::default() => opened_by_agency(),
        Editable::Nothing => sealed(&page),
        Editable::Everything | Editable::Fields(_) => view! { <Form page=page.clone() reading/> }.erased(),
    };
    view! {
        <PageHead title=TITLE sub=sub>
            <Chip tone>{state}</Chip>
            <a class="btn s line" href="/host/certification/print"><Icon icon=LuPrinter/>"打印申请表"</a>
        </PageHead>
        {standing(&page, reading)}
        {body}
        {page.case.as_ref().filter(|_| page.state != CertificationState::Draft).map(way)}
    }
    .erased()
}

/// A unit that its agency made: there never was an application.
fn opened_by_agency() -> AnyView {
    view! {
        <section class="card stack" aria-labelledby="form-title">
            <h2 id="form-title">"申请内容"</h2>
            <p>"本单位由人社部门开通并认证，没有在这里填写过申请，不用补填。"</p>
        </section>
    }
    .erased()
}

/// Everything to read, nothing to change.
fn sealed(page: &Page) -> AnyView {
    let rows = domain::certification::FIELDS
        .into_iter()
        .filter(|(field, _)| domain::certification::paper_of(field).is_none())
        .map(|(field, label)| view! { <dt>{label}</dt><dd>{facts::value(&page.form, field)}</dd> })
        .collect_view();
    view! {
        <section class="card stack" aria-labelledby="form-title">
            <h2 id="form-title">"申请内容"</h2>
            <dl class="facts">{rows}</dl>
            <h3>"材料"</h3>
            {if page.files.is_empty() {
                view! { <p class="muted">"没有上传材料。"</p> }.erased()
            } else {
                view! { <FilePapers files=page.files.clone()/> }.erased()
            }}
        </section>
    }
    .erased()
}

#[component]
fn Form(page: Page, reading: Reading) -> impl IntoView {
    let key = StoredValue::new(format!("{KEPT}.{}", page.version));
    let draft = Draft::new(&page);
    draft.outlive_reloads(key);
    let (errors, unmended) = (Errors::new(), Unmended::new());
    let version = RwSignal::new(page.version);
    let (saving, sending) = (RwSignal::new(false), RwSignal::new(false));
    let outcome = RwSignal::new(None::<String>);
    let returned = matches!(page.editable, Editable::Fields(_));
    let page = StoredValue::new(page);
    let save = move |_| {
        if saving.get_untracked() || sending.get_untracked() {
            return;
        }
        saving.set(true);
        outcome.set(None);
        errors.clear();
        let form = untrack(|| draft.form());
        spawn_local(async move {
            let answer = api::save(version.get_untracked(), form).await;
            saving.try_set(false);
            match answer {
                Ok(now) => {
                    key.try_with_value(|key| kept::forget(key));
                    key.try_set_value(format!("{KEPT}.{now}"));
                    version.try_set(now);
                    outcome.try_set(Some("草稿已保存，换一台设备也能接着填。".to_owned()));
                }
                Err(error) => show(draft, errors, version, error).await,
            }
        });
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if saving.get_untracked() || sending.get_untracked() {
            return;
        }
        let form = untrack(|| draft.form());
        let wrong = page.with_value(|page| form.check(&FormGround { plans: &page.plans }).err());
        if let Some(wrong) = wrong {
            errors.set(draft.on_page(wrong));
            return;
        }
        errors.clear();
        outcome.set(None);
        let unchanged = page.with_value(|page| match &page.editable {
            Editable::Fields(open) => form.unmended(&page.sent, open),
            Editable::Everything | Editable::Nothing => Vec::new(),
        });
        if unmended.stops(unchanged) {
            return;
        }
        sending.set(true);
        spawn_local(async move {
            let answer = api::submit(version.get_untracked(), form).await;
            sending.try_set(false);
            match answer {
                Ok(_) => {
                    key.try_with_value(|key| kept::forget(key));
                    reading.refetch();
                }
                Err(error) => show(draft, errors, version, error).await,
            }
        });
    };
    let filled = Memo::new(move |_| page.with_value(|page| draft.form().filled(&FormGround { plans: &page.plans })));
    let flag = move || saving.get().then_some("true");
    view! {
        <form class="stack loose" novalidate=true on:submit=send>
            <ErrorSummary errors=errors.all()/>
            <section class="card stack">
                <div role="status">{move || format!("必填内容已填 {}/{}", filled.get(), REQUIRED.len())}</div>
                <progress max=REQUIRED.len().to_string() value=move || filled.get().to_string() {..attr("aria-label", "填写进度")}></progress>
            </section>
            {sections(draft, page, errors)}
            {unmended.question()}
            <div class="save-bar">
                <SubmitButton label=if returned { "重新提交" } else { "提交申请" } busy=sending class="btn"/>
                <button type="button" class="btn line" aria-busy=flag aria-disabled=flag on:click=save>
                    {move || if saving.get() { "正在保存…" } else { "保存草稿" }}
                </button>
                <span class="small muted" role="status">{move || outcome.get()}</span>
            </div>
        </form>
    }
    .erased()
}

fn sections(draft: Draft, page: StoredValue<Page>, errors: Errors) -> AnyView {
    let section = move |field: &'static str, title: &'static str, editor: fn(Draft, &Page, Errors) -> AnyView| {
        page.with_value(|page| {
            (
                page.editable.allows(field),
                part(draft, page, errors, field, title, editor),
            )
        })
    };
    let parts = [
        section("plan", "一、见习计划", plan),
        section("profile", "二、单位简介", profile),
        section("insured_employees", "三、参保员工", insured),
        section("needs", "四、近年专业及人数需求", |draft, _, errors| {
            view! { <RowsField thing="专业" rows=draft.needs max=*NEEDS.end() errors/> }.erased()
        }),
        section("mentors", "五、见习指导师资", |draft, _, errors| {
            view! { <RowsField thing="带教人员" rows=draft.mentors max=*MENTORS.end() errors/> }.erased()
        }),
        section("staff", "六、专职人员", |draft, _, errors| {
            view! {
                <p class="hint">"负责见习工作的人，不用填电话。"</p>
                <RowsField thing="专职人员" rows=draft.staff max=*STAFF.end() errors/>
            }
            .erased()
        }),
        section(
            "management_rules",
            "七、就业见习管理制度",
            |draft, _, errors| {
                view! {
                <UploadField label="管理制度文件" name="management_rules" purpose=FilePurpose::ManagementRules value=draft.management_rules
                    error=errors.one("management_rules") chosen=errors.forgetting("management_rules") hint="写明考勤、安全、带教和待遇的规定，盖章后拍照或上传 PDF"/>
            }
            .erased()
            },
        ),
        section("mentor_list", "八、师资名单附件", |draft, _, errors| {
            view! {
                <UploadField label="师资名单" name="mentor_list" purpose=FilePurpose::MentorList value=draft.mentor_list
                    error=errors.one("mentor_list") chosen=errors.forgetting("mentor_list") required=false hint="带教人员多，或者有资格证明时再传"/>
            }
            .erased()
        }),
        section("staff_papers", "九、专职人员附件", |draft, _, errors| {
            view! {
                <UploadField label="专职人员材料" name="staff_papers" purpose=FilePurpose::StaffPapers value=draft.staff_papers
                    error=errors.one("staff_papers") chosen=errors.forgetting("staff_papers") required=false hint="任职文件、劳动合同或社保证明，合成一份上传"/>
            }
            .erased()
        }),
    ];
    // What is to be mended comes first; what is sealed follows, to read.
    let (open, sealed): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(open, _)| *open);
    open.into_iter()
        .chain(sealed)
        .map(|(_, part)| part)
        .collect_view()
        .into_any()
}

/// The code of the first field that was returned: where the banner leads.
pub(super) fn first_open(case: &Standing) -> Option<&'static str> {
    domain::certification::FIELDS
        .into_iter()
        .map(|(field, _)| field)
        .find(|field| case.fields.iter().any(|(code, _)| code == field))
}

/// One section: its fields, or what is sealed.
fn part(
    draft: Draft,
    page: &Page,
    errors: Errors,
    field: &'static str,
    title: &'static str,
    editor: fn(Draft, &Page, Errors) -> AnyView,
) -> AnyView {
    let returned = matches!(page.editable, Editable::Fields(_));
    let id = ["s-", field].concat();
    let heading = id.clone();
    let open = page.editable.allows(field);
    let body = if open {
        editor(draft, page, errors)
    } else {
        match domain::certification::paper_of(field) {
            Some(purpose) => {
                let files: Vec<_> = page
                    .files
                    .iter()
                    .filter(|file| file.purpose == purpose)
                    .cloned()
                    .collect();
                if files.is_empty() {
                    view! { <p class="muted">"没有上传。"</p> }.erased()
                } else {
                    view! { <FilePapers files/> }.erased()
                }
            }
            None => facts::value(&page.form, field),
        }
    };
    let mark = match (returned, open) {
        (true, true) => Some(view! { <Chip tone=Tone::Warn>{facts::RETURNED}</Chip> }.erased()),
        (true, false) => Some(view! { <Chip>"已封存"</Chip> }.erased()),
        (false, _) => None,
    };
    let class = if returned && open {
        "card stack returned"
    } else {
        "card stack"
    };
    view! {
        <section class=class aria-labelledby=id>
            <div class="row between wrap"><h2 id=heading>{title}</h2>{mark}</div>
            {body}
        </section>
    }
    .erased()
}

/// The plans that can be chosen, with their ways; and why not the others.
fn plan(draft: Draft, page: &Page, errors: Errors) -> AnyView {
    let options = page
        .plans
        .iter()
        .filter(|offer| offer.refusal.is_none())
        .map(|offer| Choice::new(offer.plan.code(), offer.plan.label()).detail(offer.way.clone()))
        .collect();
    let others = page
        .plans
        .iter()
        .filter_map(|offer| {
            offer
                .refusal
                .as_ref()
                .map(|why| format!("不能选{}：{why}", offer.plan.label()))
        })
        .map(|line| view! { <li class="hint">{line}</li> })
        .collect_view();
    view! {
        <RadioCards label="参加哪一级见习计划" name="plan" value=draft.plan options error=errors.beside("plan", draft.plan)
            hint="计划不同，审核的机构不同"/>
        <ul>{others}</ul>
    }
    .into_any()
}

fn profile(draft: Draft, _: &Page, errors: Errors) -> AnyView {
    view! {
        <TextAreaField label="单位简介" name="profile" value=draft.profile error=errors.beside("profile", draft.profile)
            hint="主营业务、规模、能提供的见习条件，20 到 1000 个字，可以分段" maxlength=1000/>
    }
    .erased()
}

fn insured(draft: Draft, page: &Page, errors: Errors) -> AnyView {
    let percent = u64::from(page.seats_percent);
    let seats = move || {
        let insured = draft.insured_employees.get().trim().parse::<u64>().ok()?;
        Some(format!(
            "按参保员工的 {percent}%，一年最多接收 {} 名见习人员。",
            insured.saturating_mul(percent) / 100
        ))
    };
    view! {
        <TextField label="参保员工人数" name="insured_employees" value=draft.insured_employees
            error=errors.beside("insured_employees", draft.insured_employees) inputmode="numeric" autocomplete="off" unit="人"
            maxlength=7 hint="上个月在本单位缴纳社会保险的人数"/>
        <div class="hint" role="status">{seats}</div>
    }
    .into_any()
}

/// Puts what the server said where it belongs.
async fn show(draft: Draft, errors: Errors, version: RwSignal<i64>, error: ApiError) {
    match error {
        ApiError::SignIn => host::leave_for_sign_in(),
        ApiError::Invalid { errors: wrong } => errors.set(draft.on_page(wrong)),
        ApiError::Transport => {
            errors.set_general("没有网络，可能还没有保存。填的内容存在这台设备上，连上网后再点一次。".to_owned());
        }
        ApiError::Conflict { .. } => {
            // The next save speaks about the row as it stands now.
            if let Ok(now) = api::view().await {
                version.try_set(now.version);
            }
            errors.set_general(
                "还没有保存：刚刚有同事改过这份申请。您填的内容还在下面，请和同事核对后再保存一次。".to_owned(),
            );
        }
        error => errors.set_general(error.message()),
    }
}
