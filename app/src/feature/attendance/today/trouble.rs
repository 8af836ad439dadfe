//! Why there is no usable position, and how to get one on this phone.

use super::check_in::CheckIn;
use super::flow::Event;
use super::ground::{Fix, Trouble};
use crate::device::clock;
use crate::device::platform::{Platform, platform};
use crate::ui::Erased;
use crate::ui::{Banner, Tone};
use icondata_lu::LuMapPinOff;
use leptos::prelude::*;

/// The trouble with its next steps.
pub(super) fn trouble_card(check_in: CheckIn, trouble: Trouble, rough: Option<Fix>) -> AnyView {
    let again = move |_| check_in.tell(Event::LocateAgain(clock::now()));
    let explain = move |_| check_in.tell(Event::Explain);
    let can_explain = rough.is_some();
    view! {
        <Banner tone=Tone::Warn icon=LuMapPinOff title=title(trouble, rough.as_ref())>
            <p>{meaning(trouble)}</p>
            <ol class="steps-list">
                {steps(trouble, platform()).iter().map(|step| view! { <li>{*step}</li> }.erased()).collect_view()}
            </ol>
            {(trouble != Trouble::Insecure).then(|| view! { <button type="button" class="btn s" on:click=again>"再定位一次"</button> }.erased())}
            {can_explain.then(|| view! { <button type="button" class="btn s line" on:click=explain>"说明原因后提交"</button> }.erased())}
        </Banner>
    }
    .erased()
}

fn title(trouble: Trouble, rough: Option<&Fix>) -> String {
    match (trouble, rough) {
        (Trouble::Imprecise, Some(fix)) => format!("位置太粗略，误差约 {}", fix.accuracy.label()),
        (Trouble::Imprecise, None) => "位置太粗略".to_owned(),
        (Trouble::Denied, _) => "没有定位权限".to_owned(),
        (Trouble::Insecure, _) => "这个网址不能定位".to_owned(),
        (Trouble::Unavailable, _) => "手机现在找不到位置".to_owned(),
        (Trouble::TimedOut, _) => "等了很久还没有定位到".to_owned(),
    }
}

const fn meaning(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Denied => "签到要看你在不在单位附近。请这样打开，再点“再定位一次”：",
        Trouble::Insecure => "手机浏览器只在 https 开头的网址里给出位置。",
        Trouble::Unavailable => "可能是定位开关没有打开，或者这里信号太弱：",
        Trouble::TimedOut => "室内、地下室常会这样：",
        Trouble::Imprecise => "手机只给了大概位置，看不出你在不在范围内。可以打开精确定位：",
    }
}

const fn steps(trouble: Trouble, platform: Platform) -> &'static [&'static str] {
    match (trouble, platform) {
        (Trouble::Denied, Platform::Wechat) => &[
            "手机“设置”里找到微信，把“位置”设为“使用期间允许”。",
            "还不行：点右上角“…”，选“在浏览器打开”，在手机浏览器里签到。",
        ],
        (Trouble::Denied, Platform::Apple) => &[
            "“设置”→“隐私与安全性”→“定位服务”打开，再点“Safari 浏览器网站”，选“使用 App 期间”。",
            "回到这里，点地址栏左边的按钮→“网站设置”→“位置”→“允许”。",
        ],
        (Trouble::Denied, Platform::Other) => &[
            "点地址栏左边的图标→“权限”→“位置信息”→“允许”。",
            "还不行：手机“设置”→“应用”→这个浏览器→“权限”→“位置信息”→“仅在使用时允许”。",
        ],
        (Trouble::Insecure, Platform::Wechat | Platform::Apple | Platform::Other) => {
            &["用单位或就业部门给你的 https 网址打开，登录后再签到。"]
        }
        (Trouble::Unavailable, Platform::Wechat | Platform::Apple | Platform::Other) => &[
            "从屏幕上方下拉，看看“定位”或“GPS”有没有打开。",
            "走到窗边或室外，等半分钟，再定位一次。",
        ],
        (Trouble::TimedOut, Platform::Wechat | Platform::Apple | Platform::Other) => &[
            "弹出询问窗口时，请点“允许”。",
            "走到窗边或室外，打开无线网络（WLAN）开关，定位会快一些。",
        ],
        (Trouble::Imprecise, Platform::Apple) => &[
            "“设置”→“隐私与安全性”→“定位服务”→“Safari 浏览器网站”→打开“精确位置”。",
            "或者走到窗边、室外再定位一次。",
        ],
        (Trouble::Imprecise, Platform::Wechat | Platform::Other) => &[
            "手机“设置”→“应用”→这个浏览器或微信→“权限”→“位置信息”→打开“使用精确位置”。",
            "或者走到窗边、室外再定位一次。",
        ],
    }
}
