//! The questions of a unit's registration, used by the steps and by the long form.

use super::fields::Fields;
use crate::feature::division::DivisionPicker;
use crate::feature::form::error_of;
use crate::ui::{CheckField, Erased, TextField};
use domain::FieldErrors;
use leptos::prelude::*;

/// Names of the lists of the 经营地址.
const DIVISION: [&str; 3] = ["division_province", "division_city", "division"];

/// Step 1: the unit as on its licence.
pub fn licence(fields: Fields, errors: RwSignal<FieldErrors>) -> AnyView {
    view! {
        <TextField label="单位名称" name="name" value=fields.name error=error_of(errors, "name")
            hint="和营业执照上一样，写全称。" autocomplete="organization" maxlength=80 />
        <TextField label="统一社会信用代码" name="credit_code" value=fields.credit_code error=error_of(errors, "credit_code")
            hint="营业执照上的 18 位数字和大写字母。" autocomplete="off" maxlength=24 />
        <TextField label="法定代表人" name="legal_representative" value=fields.legal_representative
            error=error_of(errors, "legal_representative") hint="和营业执照上一样。" autocomplete="off" maxlength=60 />
    }
    .erased()
}

/// Step 1: the county, from three lists.
pub fn county(fields: Fields, errors: RwSignal<FieldErrors>) -> AnyView {
    view! {
        <p class="hint">"经营地址：实际经营、安排见习的地方，由那里的人社部门办理。"</p>
        <DivisionPicker value=fields.division error=error_of(errors, "division") names=DIVISION whole=fields.place />
    }
    .erased()
}

/// Step 1: the rest of the address.
pub fn address(fields: Fields, errors: RwSignal<FieldErrors>) -> AnyView {
    view! {
        <TextField label="详细地址" name="address" value=fields.address error=error_of(errors, "address")
            hint="乡镇（街道）、路名、门牌号。" autocomplete="street-address" maxlength=80 />
    }
    .erased()
}

/// Step 2: who acts for the unit.
pub fn operator(fields: Fields, errors: RwSignal<FieldErrors>) -> AnyView {
    view! {
        <TextField label="经办人姓名" name="operator" value=fields.operator error=error_of(errors, "operator")
            hint="和身份证上一样。" autocomplete="name" maxlength=30 />
        <TextField label="经办人手机号" name="phone" value=fields.phone error=error_of(errors, "phone")
            hint="人社部门有事时用它联系您。加密保存，页面上只显示头尾几位。"
            kind="tel" inputmode="tel" autocomplete="tel-national" maxlength=16 />
    }
    .erased()
}

/// Step 2: how the operator signs in.
pub fn account(fields: Fields, errors: RwSignal<FieldErrors>) -> AnyView {
    view! {
        <TextField label="账号名" name="login" value=fields.login error=error_of(errors, "login")
            hint="以后用它登录。3 到 40 个字母、数字或 . _ - @，不能是手机号。" autocomplete="username" maxlength=40 />
        <TextField label="设置密码" name="password" value=fields.password error=error_of(errors, "password") kind="password"
            hint="至少 8 个字符。不要用单位名称、手机号或“12345678”这样好猜的。" autocomplete="new-password" maxlength=64 />
        <div class="consent">
            <CheckField name="consent_privacy" value=fields.consent_privacy error=error_of(errors, "consent_privacy") required=true>
                "我读过"<a href="/privacy" target="_blank">"隐私说明"</a>"，同意为办理就业见习使用我填写的信息。"
            </CheckField>
        </div>
    }
    .erased()
}
