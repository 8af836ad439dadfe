//! The questions of registration, used by the steps and by the long form.

use super::fields::Fields;
use crate::feature::division::DivisionPicker;
use crate::feature::form::error_of;
use crate::ui::Erased;
use crate::ui::{CheckField, Choice, DateField, RadioCards, TextField};
use domain::rulepack::RulePack;
use domain::trainee::TraineeKind;
use domain::{Day, FieldErrors};
use leptos::prelude::*;

/// Step 1: who.
pub fn person(fields: Fields, errors: RwSignal<FieldErrors>) -> AnyView {
    view! {
        <TextField label="姓名" name="name" value=fields.name error=error_of(errors, "name")
            hint="和身份证上一样。" autocomplete="name" maxlength=30 />
        <TextField label="身份证号" name="id_card" value=fields.id_card error=error_of(errors, "id_card")
            hint="18 位。加密保存，页面上只显示头尾几位。" autocomplete="off" maxlength=18 />
        <TextField label="手机号" name="phone" value=fields.phone error=error_of(errors, "phone")
            hint="以后用它登录。" kind="tel" inputmode="tel" autocomplete="tel-national" maxlength=16 />
    }
    .erased()
}

/// Step 2: which group.
pub fn group(fields: Fields, errors: RwSignal<FieldErrors>, rules: &RulePack) -> AnyView {
    view! { <RadioCards label="你属于哪一类" name="kind" value=fields.kind error=error_of(errors, "kind") options=kinds(rules) /> }.erased()
}

fn kinds(rules: &RulePack) -> Vec<Choice> {
    TraineeKind::ALL
        .into_iter()
        .map(|kind| {
            Choice::new(kind.code(), kind.label()).detail(match kind {
                TraineeKind::Graduate => format!(
                    "高校毕业，拿到毕业证不满 {} 年，还没有工作",
                    rules.graduate_window_years
                ),
                TraineeKind::VocationalGraduate => "中职、技校毕业，还没有工作".to_owned(),
                TraineeKind::UnemployedYouth => format!(
                    "办过失业登记，年满 {} 岁、不满 {} 岁",
                    rules.youth_age_min,
                    rules.youth_age_max.saturating_add(1)
                ),
            })
        })
        .collect()
}

/// Step 2, graduates: school and diploma.
pub fn diploma(fields: Fields, errors: RwSignal<FieldErrors>, today: Day, required: bool) -> AnyView {
    view! {
        <TextField label="毕业学校" name="school" value=fields.school error=error_of(errors, "school") required=required
            autocomplete="off" maxlength=60 />
        <DateField label="毕业证上的日期" name="diploma_date" value=fields.diploma_date error=error_of(errors, "diploma_date")
            required=required max=today.to_string() />
    }
    .erased()
}

/// Step 2, unemployed youth: the date of the registration.
pub fn unemployment(fields: Fields, errors: RwSignal<FieldErrors>, today: Day, required: bool) -> AnyView {
    view! {
        <DateField label="失业登记的日期" name="unemployed_since" value=fields.unemployed_since
            error=error_of(errors, "unemployed_since") required=required max=today.to_string()
            hint="就业创业证或登记回执上的日期。" />
    }
    .erased()
}

/// Step 3: the county, from three lists.
pub fn county(fields: Fields, errors: RwSignal<FieldErrors>) -> AnyView {
    view! { <DivisionPicker value=fields.residence error=error_of(errors, "residence") /> }.erased()
}

/// Step 3: the rest of the address.
pub fn address(fields: Fields, errors: RwSignal<FieldErrors>) -> AnyView {
    view! {
        <TextField label="详细地址" name="residence_detail" value=fields.residence_detail
            error=error_of(errors, "residence_detail") hint="乡镇（街道）、村（社区）、门牌号。"
            autocomplete="street-address" maxlength=80 />
    }
    .erased()
}

/// Step 4: the password.
pub fn password(fields: Fields, errors: RwSignal<FieldErrors>) -> AnyView {
    view! {
        <TextField label="设置密码" name="password" value=fields.password error=error_of(errors, "password") kind="password"
            hint="至少 8 个字符。不要用生日、手机号或“12345678”这样好猜的。" autocomplete="new-password" maxlength=64 />
    }
    .erased()
}

/// Step 4: two consents, apart from each other.
pub fn consents(fields: Fields, errors: RwSignal<FieldErrors>) -> AnyView {
    view! {
        <div class="consent">
            <CheckField name="consent_privacy" value=fields.consent_privacy error=error_of(errors, "consent_privacy") required=true>
                "我读过"<a href="/privacy" target="_blank">"隐私说明"</a>"，同意为办理就业见习使用我填写的信息。"
            </CheckField>
        </div>
        <div class="consent">
            <CheckField name="consent_sensitive" value=fields.consent_sensitive error=error_of(errors, "consent_sensitive")>
                <b>"另外同意"</b>"使用我的位置和银行卡信息（选填）"
            </CheckField>
            <ul class="small muted">
                <li>"位置：只在你按下“签到”时读一次，用来判断是不是在单位。"</li>
                <li>"银行卡：只用来发放和核对生活费。"</li>
                <li>"不同意也能登记，以后可以在“我的”里改。"</li>
            </ul>
        </div>
    }
    .erased()
}
