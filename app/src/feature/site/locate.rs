//! "用我现在的位置": one press, the best reading of some seconds, and what to do when there is none.

use crate::device::position::{self, NoReading, Reading};
use crate::ui::Erased;
use crate::ui::{Banner, Tone};
use domain::{LatLon, Meters};
use icondata_lu::{LuCircleCheck, LuMapPinOff, LuTriangleAlert};
use leptos::prelude::*;
use std::time::Duration;

/// How long better readings are waited for.
const LONGEST: Duration = Duration::from_secs(12);
/// A reading this good needs no better one.
const GOOD_M: f64 = 15.0;
/// Beyond this the place should be checked before it is saved.
const DOUBTFUL_M: f64 = 50.0;

/// How far locating has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Locating {
    /// Nobody asked.
    Idle,
    /// Readings come in; the best so far.
    Looking(Option<Found>),
    /// Done.
    Done(Found),
    /// No usable reading.
    Failed(NoReading),
}

/// A usable reading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    /// Where.
    pub(super) position: LatLon,
    /// How far off it may be.
    pub(super) accuracy: Meters,
}

impl Found {
    fn of(reading: Reading) -> Option<Self> {
        let position = LatLon::parse(reading.latitude, reading.longitude).ok()?;
        let accuracy = Meters::new(reading.accuracy).filter(|accuracy| accuracy.value() > 0.0)?;
        Some(Self { position, accuracy })
    }
}

/// Locates this device and tells `found` where it is. Runs in the browser only; ends with the page.
pub(super) fn locate(state: RwSignal<Locating>, found: Callback<Found>) {
    state.set(Locating::Looking(None));
    position::start(Box::new(move |reading| take(state, found, reading)));
    set_timeout(move || finish(state, found, NoReading::TimedOut), LONGEST);
}

fn take(state: RwSignal<Locating>, found: Callback<Found>, reading: Result<Reading, NoReading>) {
    let Some(Locating::Looking(best)) = state.try_get_untracked() else {
        return;
    };
    match reading {
        Ok(reading) => {
            let better = Found::of(reading).filter(|new| best.is_none_or(|best| new.accuracy < best.accuracy));
            if let Some(better) = better {
                state.set(Locating::Looking(Some(better)));
                if better.accuracy.value() <= GOOD_M {
                    finish(state, found, NoReading::TimedOut);
                }
            }
        }
        // Lost for a moment: the watch goes on, and a better reading may still come.
        Err(NoReading::Unavailable) if best.is_some() => {}
        Err(why @ (NoReading::Denied | NoReading::Insecure)) => finish(state, found, why),
        // A moment without a position: the next reading may have one, until the time is over.
        Err(NoReading::Unavailable | NoReading::TimedOut) => {}
    }
}

/// Ends the search with the best reading, or with the reason why there is none.
fn finish(state: RwSignal<Locating>, found: Callback<Found>, why_not: NoReading) {
    let Some(Locating::Looking(best)) = state.try_get_untracked() else {
        return;
    };
    position::stop();
    if let Some(best) = best {
        state.set(Locating::Done(best));
        found.run(best);
    } else {
        state.set(Locating::Failed(why_not));
    }
}

/// What locating has to say.
pub(super) fn told(state: Locating) -> Option<AnyView> {
    match state {
        Locating::Idle => None,
        Locating::Looking(best) => {
            let words = best.map_or_else(
                || "正在定位，请稍等。浏览器问起时请选“允许”。".to_owned(),
                |best| ["正在定位，目前精度 ±", &best.accuracy.label(), "，再等几秒会更准。"].concat(),
            );
            Some(view! { <p class="small muted" role="status">{words}</p> }.erased())
        }
        Locating::Done(found) => Some(done(found.accuracy)),
        Locating::Failed(why) => Some(failed(why)),
    }
}

fn done(accuracy: Meters) -> AnyView {
    let title = ["已用这台设备的位置，精度 ±", &accuracy.label()].concat();
    if accuracy.value() > DOUBTFUL_M {
        view! {
            <Banner tone=Tone::Warn icon=LuTriangleAlert title>
                <span>"误差偏大，范围可能会画偏。请到室外或窗边再定位一次，或者从地图上复制坐标。"</span>
            </Banner>
        }
        .erased()
    } else {
        view! { <Banner tone=Tone::Ok icon=LuCircleCheck title/> }.erased()
    }
}

fn failed(why: NoReading) -> AnyView {
    let (title, next) = match why {
        NoReading::Denied => (
            "浏览器没有定位权限",
            "请在浏览器或系统设置里允许本网站使用位置，再点一次；也可以从地图上复制坐标。",
        ),
        NoReading::Insecure => (
            "这个网址不能定位",
            "浏览器只在 https 网址上给出位置。请从地图上复制坐标。",
        ),
        NoReading::Unavailable => (
            "这台设备现在找不到位置",
            "请打开定位服务，到室外或窗边再试；也可以从地图上复制坐标。",
        ),
        NoReading::TimedOut => ("等了很久也没有位置", "请到室外或窗边再试；也可以从地图上复制坐标。"),
    };
    view! { <Banner tone=Tone::Warn icon=LuMapPinOff title><span>{next}</span></Banner> }.erased()
}
