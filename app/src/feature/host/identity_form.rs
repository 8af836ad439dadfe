//! What a unit hands in for its identity. Only what may be changed now is a field; the rest stands above it, sealed.

use super::api;
use super::form::{Errors, Unmended};
use super::unit::facts;
use crate::api::ApiError;
use crate::device::kept;
use crate::feature::division::DivisionPicker;
use crate::feature::file::{FilePapers, UploadField};
use crate::feature::form::focus_first;
use crate::feature::host;
use crate::ui::{Erased, ErrorSummary, SubmitButton, TextField};
use domain::file::{FilePurpose, FileView};
use domain::host::{HostIdentityForm, HostUnitView};
use domain::identity::IdentityState;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

/// Names of the lists of the 经营地址.
const DIVISION: [&str; 3] = ["division_province", "division_city", "division"];
const TEXTS: [&str; 4] = ["name", "credit_code", "address", "legal_representative"];

/// What outlives a reload of this tab.
#[derive(Default, Serialize, Deserialize)]
struct Kept {
    form: HostIdentityForm,
    licence: Option<FileView>,
    operator_letter: Option<FileView>,
    legal_representative_id: Option<FileView>,
}

/// One signal per field.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    credit_code: RwSignal<String>,
    division: RwSignal<String>,
    address: RwSignal<String>,
    legal_representative: RwSignal<String>,
    operator: RwSignal<String>,
    phone: RwSignal<String>,
    licence: RwSignal<Option<FileView>>,
    operator_letter: RwSignal<Option<FileView>>,
    legal_representative_id: RwSignal<Option<FileView>>,
}

impl Fields {
    fn of(view: &HostUnitView) -> Self {
        Self {
            name: RwSignal::new(view.name.clone()),
            credit_code: RwSignal::new(view.credit_code.clone()),
            division: RwSignal::new(view.division.clone()),
            address: RwSignal::new(view.address.clone()),
            legal_representative: RwSignal::new(view.legal_representative.clone()),
            operator: RwSignal::new(view.operator.clone()),
            phone: RwSignal::new(String::new()),
            licence: RwSignal::new(view.licence.clone()),
            operator_letter: RwSignal::new(view.operator_letter.clone()),
            legal_representative_id: RwSignal::new(view.legal_representative_id.clone()),
        }
    }

    /// The form as it is sent; follows every field.
    fn form(self) -> HostIdentityForm {
        let id = |file: RwSignal<Option<FileView>>| file.get().map(|file| file.id.to_string()).unwrap_or_default();
        HostIdentityForm {
            name: self.name.get(),
            credit_code: self.credit_code.get(),
            division: self.division.get(),
            address: self.address.get(),
            legal_representative: self.legal_representative.get(),
            operator: self.operator.get(),
            phone: self.phone.get(),
            licence: id(self.licence),
            operator_letter: id(self.operator_letter),
            legal_representative_id: id(self.legal_representative_id),
        }
    }

    /// Fills in what this tab kept, where it may be changed.
    fn recall(self, kept: Kept, view: &HostUnitView) {
        for (code, signal, text) in [
            ("name", self.name, kept.form.name),
            ("credit_code", self.credit_code, kept.form.credit_code),
            ("address", self.division, kept.form.division),
            ("address", self.address, kept.form.address),
            (
                "legal_representative",
                self.legal_representative,
                kept.form.legal_representative,
            ),
            ("operator", self.operator, kept.form.operator),
            ("operator", self.phone, kept.form.phone),
        ] {
            if view.may_edit(code) {
                signal.set(text);
            }
        }
        for (code, signal, file) in [
            ("licence", self.licence, kept.licence),
            ("operator_letter", self.operator_letter, kept.operator_letter),
            (
                "legal_representative_id",
                self.legal_representative_id,
                kept.legal_representative_id,
            ),
        ] {
            if view.may_edit(code) && file.is_some() {
                signal.set(file);
            }
        }
    }

    /// Keeps every change in this tab, under a name that belongs to how the case stands.
    fn outlive_reloads(self, name: String, view: HostUnitView) {
        Effect::new(move |ran: Option<()>| {
            if ran.is_none()
                && let Some(kept) = kept::read::<Kept>(&name)
            {
                self.recall(kept, &view);
            }
            let now = Kept {
                form: self.form(),
                licence: self.licence.get(),
                operator_letter: self.operator_letter.get(),
                legal_representative_id: self.legal_representative_id.get(),
            };
            kept::keep(&name, &now);
        });
    }
}

/// The form of the identity.
#[component]
pub(super) fn IdentityForm(
    /// The unit as it stands.
    view: HostUnitView,
    /// Called after it was handed in.
    submitted: Callback<()>,
) -> impl IntoView {
    let fields = Fields::of(&view);
    let (errors, unmended) = (Errors::new(), Unmended::new());
    let busy = RwSignal::new(false);
    let known = StoredValue::new(view.clone());
    let name = kept_name(&view);
    fields.outlive_reloads(name.clone(), view.clone());
    let (name, has_phone) = (StoredValue::new(name), view.phone.is_some());
    let again = view.identity != IdentityState::Unverified;
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let form = untrack(|| fields.form());
        if let Err(wrong) = form.check(has_phone) {
            focus_first(&wrong);
            errors.set(wrong);
            return;
        }
        errors.clear();
        if unmended.stops(known.with_value(|known| known.unmended(&form))) {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = api::submit_identity(form).await;
            busy.try_set(false);
            match answer {
                Ok(_) => {
                    name.try_with_value(|name| kept::forget(name));
                    submitted.try_run(());
                }
                Err(ApiError::SignIn) => host::leave_for_sign_in(),
                Err(ApiError::Transport) => {
                    errors
                        .set_general("没有网络，可能还没有提交。填的内容存在这台设备上，连上网后再按一次。".to_owned());
                }
                Err(error) => {
                    let wrong = error.for_form();
                    focus_first(&wrong);
                    errors.set(wrong);
                }
            }
        });
    };
    view! {
        <section class="card lift stack" aria-labelledby="data">
            <h2 id="data">{if again { "改好后重新提交" } else { "填写资料并提交" }}</h2>
            {what_is_sealed(&view)}
            <form class="form" novalidate on:submit=send>
                <ErrorSummary errors=errors.all()/>
                {texts(fields, errors, &view)}
                {operator(fields, errors, &view)}
                {papers(fields, errors, &view)}
                {unmended.question()}
                <SubmitButton label=if again { "重新提交" } else { "提交实名认证" } busy/>
            </form>
        </section>
    }
    .erased()
}

/// What was typed belongs to one turn: before the first submission, after this rejection, or for this return.
fn kept_name(view: &HostUnitView) -> String {
    match &view.case {
        Some(case) => format!("jianxi.identity.{}.{}", case.id, case.state.label()),
        None => "jianxi.identity".to_owned(),
    }
}

/// What was not returned, to read.
fn what_is_sealed(view: &HostUnitView) -> Option<AnyView> {
    let is_sealed = |code: &str| !view.may_edit(code);
    let files: Vec<FileView> = [
        ("licence", &view.licence),
        ("operator_letter", &view.operator_letter),
        ("legal_representative_id", &view.legal_representative_id),
    ]
    .into_iter()
    .filter(|(code, _)| is_sealed(code))
    .filter_map(|(_, file)| file.clone())
    .collect();
    (TEXTS.into_iter().chain(["operator"]).any(is_sealed) || !files.is_empty()).then(|| {
        view! {
            {facts(view, is_sealed)}
            {(!files.is_empty()).then(|| view! { <FilePapers files/> })}
            <p class="small muted">"以上内容没有被退回，已经封存，不能修改。"</p>
        }
        .erased()
    })
}

fn texts(fields: Fields, errors: Errors, view: &HostUnitView) -> AnyView {
    let may = |code: &str| view.may_edit(code);
    view! {
        {may("name").then(|| view! {
            <TextField label="单位名称" name="name" value=fields.name error=errors.beside("name", fields.name)
                hint="和营业执照上一样，写全称。" autocomplete="organization" maxlength=80/>
        })}
        {may("credit_code").then(|| view! {
            <TextField label="统一社会信用代码" name="credit_code" value=fields.credit_code
                error=errors.beside("credit_code", fields.credit_code) hint="营业执照上的 18 位数字和大写字母。"
                autocomplete="off" maxlength=24/>
        })}
        {may("address").then(|| view! {
            <p class="hint">"经营地址：实际经营、安排见习的地方，由那里的人社部门审核。"</p>
            <DivisionPicker value=fields.division error=errors.beside("division", fields.division) names=DIVISION/>
            <TextField label="详细地址" name="address" value=fields.address error=errors.beside("address", fields.address)
                hint="乡镇（街道）、路名、门牌号。" autocomplete="street-address" maxlength=80/>
        })}
        {may("legal_representative").then(|| view! {
            <TextField label="法定代表人" name="legal_representative" value=fields.legal_representative
                error=errors.beside("legal_representative", fields.legal_representative) hint="和营业执照上一样。"
                autocomplete="off" maxlength=60/>
        })}
    }
    .into_any()
}

fn operator(fields: Fields, errors: Errors, view: &HostUnitView) -> AnyView {
    if !view.may_edit("operator") {
        return ().into_any();
    }
    let number = match &view.phone {
        Some(phone) => {
            let stored = ["已登记的经办人手机号：", phone.as_str()].concat();
            view! {
                <p class="hint">{stored}</p>
                <TextField label="经办人手机号" name="phone" value=fields.phone error=errors.beside("phone", fields.phone)
                    hint="要换号码才填。" required=false kind="tel" inputmode="tel" autocomplete="off" maxlength=16/>
            }
            .into_any()
        }
        None => view! {
            <TextField label="经办人手机号" name="phone" value=fields.phone error=errors.beside("phone", fields.phone)
                hint="加密保存，页面上只显示头尾几位；打印申请表时显示全部。" kind="tel" inputmode="tel" autocomplete="tel-national" maxlength=16/>
        }
        .into_any(),
    };
    view! {
        <TextField label="经办人姓名" name="operator" value=fields.operator error=errors.beside("operator", fields.operator)
            hint="和身份证上一样。" autocomplete="name" maxlength=30/>
        {number}
    }
    .into_any()
}

fn papers(fields: Fields, errors: Errors, view: &HostUnitView) -> AnyView {
    view! {
        {view.may_edit("licence").then(|| view! {
            <UploadField label="营业执照" name="licence" purpose=FilePurpose::Licence value=fields.licence
                error=errors.one("licence") chosen=errors.forgetting("licence") hint="正本或副本，四个角都拍进去，字要看得清。照片或 PDF，不超过 10 MB。"/>
        })}
        {view.may_edit("operator_letter").then(|| view! {
            <UploadField label="经办人授权书" name="operator_letter" purpose=FilePurpose::OperatorLetter
                value=fields.operator_letter error=errors.one("operator_letter") chosen=errors.forgetting("operator_letter")
                hint="写明授权谁办理就业见习，法定代表人签字并盖单位公章。照片或 PDF，不超过 10 MB。"/>
        })}
        {view.may_edit("legal_representative_id").then(|| view! {
            <UploadField label="法定代表人身份证" name="legal_representative_id" purpose=FilePurpose::LegalRepresentativeId
                value=fields.legal_representative_id error=errors.one("legal_representative_id") chosen=errors.forgetting("legal_representative_id") required=false
                hint="人像面和国徽面放在一张照片或一份 PDF 里。只有审核的机构看得到。"/>
        })}
    }
    .into_any()
}
