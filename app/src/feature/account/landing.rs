//! The landing page: whom this is for, and the two ways in.

use super::solo::Solo;
use crate::ui::Erased;
use crate::ui::Icon;
use icondata_lu::{LuBuilding2, LuGraduationCap, LuLandmark};
use leptos::prelude::*;
use leptos_meta::Title;

/// `/`
#[component]
pub fn LandingPage() -> impl IntoView {
    view! {
        <Title text="" />
        <Solo title="见习通">
            <section class="card lift stack loose hero">
                <div>
                    <h2>"找到见习，按时签到，每一步都有记录"</h2>
                    <p class="muted">"用手机登记一次，单位接收后就能签到。每周签到几次、还差几次，打开就知道。"</p>
                </div>
                <div class="stack">
                    <a class="btn wide" href="/register">"我要参加见习"</a>
                    <a class="btn ghost wide" href="/sign-in">"登录"</a>
                    <a class="btn line wide" href="/register/host">"单位注册"</a>
                </div>
            </section>
            <section class="card stack" aria-labelledby="for-whom">
                <h2 id="for-whom">"谁来用"</h2>
                <ul class="list">
                    {who(LuGraduationCap, "见习人员", "离校未就业毕业生、中职毕业生和失业青年。自己登记，用手机签到。")}
                    {who(LuBuilding2, "见习单位", "自己注册，通过实名认证后接收人员、设置签到地点、看考勤。")}
                    {who(LuLandmark, "人社部门", "账号由管理员开通，登录要用动态验证码。")}
                </ul>
            </section>
        </Solo>
    }
    .erased()
}

fn who(icon: icondata_core::Icon, name: &'static str, about: &'static str) -> AnyView {
    view! {
        <li class="row start">
            <span class="ava info" aria-hidden="true"><Icon icon /></span>
            <div class="grow">
                <b>{name}</b>
                <div class="small muted">{about}</div>
            </div>
        </li>
    }
    .erased()
}
