//! `/privacy`: what is stored, why, for how long, who sees it, and what one can ask for. It says what the product does
//! (`domain.md` §6 and §8); whoever changes that changes this page.

use super::api::privacy_terms;
use super::solo::Solo;

use crate::ui::{Erased, awaited};
use domain::account::PrivacyTerms;
use leptos::prelude::*;
use leptos_meta::Title;

/// `/privacy`
#[component]
pub fn PrivacyPage() -> impl IntoView {
    let terms = crate::api::read(|| (), |()| privacy_terms());
    view! {
        <Title text="隐私说明" />
        <Solo title="隐私说明" sub="我们存什么、为什么、存多久、谁能看">
            <article class="card lift prose">
                <p>"见习通替人社部门办理就业见习。下面说的是你登记和签到以后，或者你替单位注册以后，系统里会有什么。"</p>
                {stored()}
                {position()}
                {awaited(|| how_long(None), move || async move { how_long(terms.await.ok()) })}
                {who_sees()}
                {rights()}
                {this_device()}
            </article>
        </Solo>
    }
    .erased()
}

fn stored() -> AnyView {
    view! {
        <h2>"存什么，为什么"</h2>
        <ul>
            <li><b>"姓名、身份证号、手机号："</b>"确认你是本人，防止同一个人登记两次，用手机号登录。身份证号和手机号加密保存，页面上只显示头尾几位。"</li>
            <li><b>"实名认证："</b>"登记时提交。接通了公安核验的地方，先用姓名和身份证号自动核验；没有接通或对不上的，由常住地址所在县（市、区）的人社部门打电话或核对身份证照片。"</li>
            <li><b>"身份证照片："</b>"人工审核需要时由你上传，加密保存，只给审核的人社部门看。"</li>
            <li><b>"身份类别、学校、毕业证日期或失业登记日期："</b>"判断你符不符合就业见习的条件。"</li>
            <li><b>"常住地址："</b>"决定由哪个县（市、区）的人社部门办理。"</li>
            <li><b>"见习单位、岗位、起止日期、每月生活费："</b>"单位填写，你确认以后生效。"</li>
            <li><b>"签到记录："</b>"时间、离签到地点多远、定位精度、结果。按规定每周要签到，补贴和证明以它为准。"</li>
            <li><b>"见习单位和经办人："</b>"单位名称、统一社会信用代码、经营地址、法定代表人姓名，经办人的姓名、手机号、账号名，以及营业执照、经办人授权书和选填的法定代表人身份证。用来核实单位是真的、经办人是单位派的；除授权书和身份证以外，也写进见习单位认证申请，由审核申请的机构核对。手机号和材料加密保存，手机号在页面上只显示头尾几位，办理的机构和本单位打印的申请表上显示全部。"</li>
            <li><b>"密码："</b>"只存算过的摘要，任何人都看不到原文。"</li>
        </ul>
    }
    .erased()
}

fn position() -> AnyView {
    view! {
        <h2>"位置"</h2>
        <ul>
            <li>"只在你按下“签到”的时候读一次位置，平时不读，也不在后台读。"</li>
            <li>"位置和银行卡信息要你另外同意才用。不同意也能登记；以后可以在“我的”里同意或收回。"</li>
            <li>"判断在不在范围内时会算上定位的误差：拿不准的由单位核对，不会直接算你没来。"</li>
        </ul>
    }
    .erased()
}

fn how_long(terms: Option<PrivacyTerms>) -> AnyView {
    let (position, papers) = match terms {
        Some(terms) => (
            format!("这段见习的补贴申领结束后 {} 天删除。", terms.position_purge_days),
            format!("按规定保存不少于 {} 年，期满前不能删除。", terms.keep_years),
        ),
        None => (
            "这段见习的补贴申领结束后，到规定的天数就删除。".to_owned(),
            "按规定的年限保存，期满前不能删除。".to_owned(),
        ),
    };
    view! {
        <h2>"存多久"</h2>
        <ul>
            <li><b>"位置坐标："</b>{position}</li>
            <li><b>"签到的时间、距离和结果，以及见习材料："</b>{papers}</li>
            <li><b>"没有提交成功的登记表："</b>"在你自己的手机上，关掉页面就没有了；不用 JavaScript 的表单在服务器上加密存 1 小时。"</li>
        </ul>
    }
    .erased()
}

fn who_sees() -> AnyView {
    view! {
        <h2>"谁能看"</h2>
        <ul>
            <li><b>"你自己："</b>"看得到自己的全部记录。"</li>
            <li><b>"见习单位的经办人："</b>"看得到你在这个单位的姓名、打码的手机号、岗位、签到结果，以及最近几次签到在地点示意图上的位置（每次查看都有记录），看不到身份证号。"</li>
            <li><b>"审核单位的人社部门："</b>"看得到单位填写的资料和上传的材料；只有正在审核的人看得到经办人完整的手机号，每次查看都有记录。见习人员看不到经办人的手机号。"</li>
            <li><b>"办理你见习的人社部门："</b>"只看归自己办理的人和事。审核实名认证的人看得到完整的身份证号和手机号，好打电话核实；每次查看都有记录。"</li>
            <li>"不卖给任何人，不做广告，不把位置交给外部地图。"</li>
        </ul>
        <p>"登记、接收、签到、确认这些动作都记在只能增加、不能修改的日志里，日志里没有身份证号、手机号和坐标。"</p>
    }
    .erased()
}

fn rights() -> AnyView {
    view! {
        <h2>"你可以要求什么"</h2>
        <ul>
            <li>"查看：登录后在“我的”和“签到记录”里看。"</li>
            <li>"更正：填错了，联系办理你见习的县（市、区）人社部门改。"</li>
            <li>"收回同意：在“我的”里关掉位置和银行卡的同意，之后不再读取；已经算数的签到不受影响。"</li>
            <li>"删除：不再参加见习的，可以向人社部门申请；按规定必须保存的材料要等期满。"</li>
            <li>"觉得信息被乱用，可以向当地人社部门或网信部门反映。"</li>
        </ul>
    }
    .erased()
}

fn this_device() -> AnyView {
    view! {
        <h2>"在你的手机上"</h2>
        <p>"只用必要的 Cookie：登录状态、这台设备认得你、显示设置。为了没有网络也能打开，手机里会留一份最近看过的“今天”页面；退出登录后删除。"</p>
    }
    .erased()
}
