//! The form of a site: name, place with its datum, radius; and the sketch that follows every change.

use super::locate::{Found, Locating, locate, told};
use super::sketch;
use crate::device::{kept, position};
use crate::feature::host::form::Errors;
use crate::ui::Erased;
use crate::ui::{Choice, ErrorSummary, FenceSketch, Icon, RadioCards, RangeField, SubmitButton, TextField};
use domain::rulepack::RulePack;
use domain::site::{SiteForm, SitePoint, SiteView};
use domain::{Datum, LatLon};
use icondata_lu::LuLocateFixed;
use leptos::prelude::*;

/// The form as it is typed.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    name: RwSignal<String>,
    coordinates: RwSignal<String>,
    datum: RwSignal<String>,
    radius: RwSignal<String>,
    locating: RwSignal<Locating>,
}

/// A new site: no place yet, the radius that the rules propose.
pub(super) fn blank(rules: &RulePack) -> SiteForm {
    SiteForm {
        radius: rules.fence_radius_default_m.to_string(),
        ..SiteForm::default()
    }
}

/// A site as it was entered, or as the device found it.
pub(super) fn of_site(site: &SiteView) -> SiteForm {
    let (coordinates, datum) = match &site.entered {
        Some(entered) => (entered.clone(), site.datum),
        None => (sketch::coordinates(site.centre), Datum::Wgs84),
    };
    // The radius was whole metres when it was entered.
    let radius = format!("{:.0}", site.radius.value());
    SiteForm {
        name: site.name.clone(),
        coordinates,
        datum: datum.code().to_owned(),
        radius,
    }
}

impl Draft {
    pub(super) fn new(form: SiteForm) -> Self {
        Self {
            name: RwSignal::new(form.name),
            coordinates: RwSignal::new(form.coordinates),
            datum: RwSignal::new(form.datum),
            radius: RwSignal::new(form.radius),
            locating: RwSignal::new(Locating::Idle),
        }
    }

    pub(super) fn fill(self, form: SiteForm) {
        self.name.set(form.name);
        self.coordinates.set(form.coordinates);
        self.datum.set(form.datum);
        self.radius.set(form.radius);
        self.locating.set(Locating::Idle);
    }

    pub(super) fn form(self) -> SiteForm {
        SiteForm {
            name: self.name.get(),
            coordinates: self.coordinates.get(),
            datum: self.datum.get(),
            radius: self.radius.get(),
        }
    }

    /// Takes up what an earlier visit left under `key`, then keeps every change until [`kept::forget`].
    pub(super) fn outlive_reloads(self, key: StoredValue<String>) {
        Effect::new(move |ran: Option<()>| {
            let form = self.form();
            let Some(key) = key.try_get_value() else { return };
            if ran.is_some() {
                kept::keep(&key, &form);
            } else if let Some(form) = kept::read(&key) {
                self.fill(form);
            }
        });
    }
}

/// What the form can say about the place before it is sent.
#[derive(Debug, Clone, PartialEq)]
enum Place {
    /// Nothing typed yet.
    Empty,
    /// Typed, but no place; the sentence says why.
    Unclear(String),
    /// Two degrees, but nobody said from which map.
    NoDatum(LatLon),
    /// The place as typed and in WGS-84.
    Clear(LatLon, LatLon),
}

/// Asks the domain alone: the same check that saving makes, for the place only.
fn place(form: &SiteForm, rules: &RulePack) -> Place {
    if form.coordinates.trim().is_empty() {
        return Place::Empty;
    }
    let read = |datum: &str| {
        let only_place = SiteForm {
            name: "地点".to_owned(),
            coordinates: form.coordinates.clone(),
            datum: datum.to_owned(),
            radius: rules.fence_radius_default_m.to_string(),
        };
        only_place.check(rules).map(|site| site.centre)
    };
    match (read(Datum::Wgs84.code()), read(&form.datum)) {
        (Ok(typed), Ok(converted)) => Place::Clear(typed, converted),
        (Ok(typed), Err(_)) => Place::NoDatum(typed),
        (Err(wrong), _) => Place::Unclear(wrong.of("coordinates").unwrap_or_default().to_owned()),
    }
}

/// The form left, the sketch right. `save` is called with what stands there when it passed the checks.
#[component]
pub(super) fn Fields(
    draft: Draft,
    rules: StoredValue<RulePack>,
    errors: Errors,
    busy: RwSignal<bool>,
    /// The words on the button.
    action: &'static str,
    /// Check-ins to draw.
    #[prop(optional)]
    recent: Vec<SitePoint>,
    save: Callback<SiteForm>,
    /// What stands above the button, e.g. how many people a change affects.
    #[prop(optional)]
    before_button: Option<ViewFn>,
) -> impl IntoView {
    let place = Memo::new(move |_| rules.with_value(|rules| place(&draft.form(), rules)));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let form = untrack(|| draft.form());
        match rules.with_value(|rules| form.check(rules)) {
            Ok(_) => {
                errors.clear();
                save.run(form);
            }
            Err(wrong) => errors.set(wrong),
        }
    };
    let (min, max) = rules.with_value(|rules| (rules.fence_radius_min_m, rules.fence_radius_max_m));
    on_cleanup(position::stop);
    view! {
        <div class="site-edit">
            <form class="card form" novalidate=true on:submit=send>
                <ErrorSummary errors=errors.all()/>
                <TextField label="地点名称" name="name" value=draft.name error=errors.beside("name", draft.name)
                    hint="见习人员签到时看到的名字" placeholder="例如：观山湖办公区" autocomplete="off" maxlength=40/>
                <Position draft errors place/>
                <RangeField label="签到范围（半径）" name="radius" value=draft.radius error=errors.beside("radius", draft.radius)
                    min=u32::from(min) max=u32::from(max) step=10 unit="米"
                    hint="离中心这么远以内算在岗。楼里定位会偏，不要定得太小"/>
                {before_button.map(|view| move || view.run())}
                <SubmitButton label=action busy_label="正在保存…" busy/>
            </form>
            <Sketch draft place recent/>
        </div>
    }
}

/// The device's position, or coordinates with the map that they come from; and what was recognised.
#[component]
fn Position(draft: Draft, errors: Errors, place: Memo<Place>) -> impl IntoView {
    let found = Callback::new(move |found: Found| {
        draft.coordinates.set(sketch::coordinates(found.position));
        draft.datum.set(Datum::Wgs84.code().to_owned());
    });
    let looking = move || matches!(draft.locating.get(), Locating::Looking(_));
    let busy = move || looking().then_some("true");
    let choices = Datum::ALL
        .map(|datum| Choice::new(datum.code(), datum.label()).detail(source(datum)))
        .into();
    view! {
        <div class="stack">
            <button type="button" class="btn ghost" aria-busy=busy aria-disabled=busy
                on:click=move |_| if !untrack(looking) { locate(draft.locating, found) }>
                <Icon icon=LuLocateFixed/>
                "用我现在的位置"
            </button>
            {move || told(draft.locating.get())}
        </div>
        <TextField label="坐标" name="coordinates" value=draft.coordinates error=errors.beside("coordinates", draft.coordinates)
            hint="纬度和经度，哪个在前都可以，例如 27.5163, 108.2234" inputmode="text" autocomplete="off" maxlength=100/>
        <div role="status">{move || recognised(&place.get())}</div>
        <RadioCards label="坐标是从哪里来的" name="datum" value=draft.datum error=errors.beside("datum", draft.datum) options=choices
            hint="国内地图的坐标和手机定位的差几百米，选对了才不会画偏"/>
    }
}

/// Where such numbers come from.
const fn source(datum: Datum) -> &'static str {
    match datum {
        Datum::Wgs84 => "手机、GPS 设备给出的，或用上面的按钮定位的",
        Datum::Gcj02 => "在高德地图、腾讯地图或微信里复制的",
        Datum::Bd09 => "在百度地图或百度坐标拾取器里复制的",
    }
}

fn recognised(place: &Place) -> Option<AnyView> {
    let line = |label: &'static str, position: &LatLon| {
        let (latitude, longitude) = position.to_e7();
        let words = [
            "纬度 ",
            &sketch::degrees(latitude),
            "，经度 ",
            &sketch::degrees(longitude),
        ]
        .concat();
        view! { <dt>{label}</dt><dd class="num">{words}</dd> }
    };
    match place {
        Place::Empty => None,
        Place::Unclear(why) => Some(view! { <p class="hint">{why.clone()}</p> }.erased()),
        Place::NoDatum(typed) => Some(view! { <dl class="facts">{line("识别为", typed)}</dl> }.erased()),
        Place::Clear(typed, converted) => {
            let shift = typed.distance_to(*converted);
            let moved = (shift.value() >= 1.0).then(|| {
                view! {
                    {line("换算后", converted)}
                    <dt>"相差"</dt>
                    <dd>{shift.label()}"，已按手机定位的标准换算"</dd>
                }
            });
            Some(view! { <dl class="facts">{line("识别为", typed)}{moved}</dl> }.erased())
        }
    }
}

/// Fence, accuracy and last check-ins, drawn anew with every change.
#[component]
fn Sketch(draft: Draft, place: Memo<Place>, recent: Vec<SitePoint>) -> impl IntoView {
    let drawing = move || {
        let radius = draft.radius.get().parse().unwrap_or(0.0);
        let fences = vec![sketch::fence(&draft.name.get(), radius)];
        let Place::Clear(_, centre) = place.get() else {
            return view! { <FenceSketch fences/> }.erased();
        };
        let points = recent
            .iter()
            .map(|point| sketch::check_in(point, centre))
            .collect::<Vec<_>>();
        let here = match draft.locating.get() {
            Locating::Looking(Some(found)) | Locating::Done(found) => {
                Some(sketch::here(found.position, found.accuracy.value(), centre))
            }
            Locating::Idle | Locating::Looking(None) | Locating::Failed(_) => None,
        };
        view! { <FenceSketch fences points here/> }.erased()
    };
    view! {
        <section class="card sketch" aria-labelledby="sketch-title">
            <h2 id="sketch-title">"范围示意图"</h2>
            {drawing}
            <p class="small muted">
                "实线圈是签到范围，圆点在范围内，方块是定位存疑，叉在范围外；虚线圈是定位误差。"
            </p>
        </section>
    }
}
