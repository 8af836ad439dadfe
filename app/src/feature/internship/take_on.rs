//! Taking on a person who was met offline (SQ, GZ: 线下接收须记载). What is typed stays on this device until it is sent.

use super::api;
use crate::api::ApiError;
use crate::device::{clock, kept, record_id};
use crate::feature::host::api::{Ground, rules};
use crate::feature::host::form::Errors;
use crate::feature::{certification, host, site};
use crate::ui::Erased;
use crate::ui::{
    Banner, Choice, DateField, ErrorSummary, FieldError, HostFrame, PageHead, SelectField, SubmitButton, TextField,
    Tone,
};
use domain::internship::OfferForm;
use domain::site::SiteChoice;
use domain::value::{add_days, add_months, day_label, parse_day, whole_months};
use domain::{Fen, InternshipId, Phone};
use icondata_lu::LuMapPinPlus;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;

/// The name under which the unfinished form outlives a reload.
const KEPT: &str = "jianxi.take_on";

/// `/host/people/new`.
#[component]
pub fn TakeOnPage() -> impl IntoView {
    let read = crate::api::read(|| (), |()| read());
    view! {
        <Title text="录入见习人员"/>
        <HostFrame current="/host/people">
            <Suspense fallback=host::waiting>
                {move || Suspend::new(async move {
                    match read.await {
                        Ok((Some(why), ..)) => view! {
                            <PageHead title="录入见习人员"/>
                            {certification::closed("单位还不能接收见习人员", why)}
                        }
                        .into_any(),
                        Ok((None, ground, sites)) => view! { <TakeOn ground sites/> }.erased(),
                        Err(error) => host::failed("录入见习人员", &error),
                    }
                })}
            </Suspense>
        </HostFrame>
    }
}

/// What stands in the way, the rules, and the sites to choose from.
async fn read() -> Result<(Option<String>, Ground, Vec<SiteChoice>), ApiError> {
    let closed = certification::api::summary().await?.in_the_way().map(ToOwned::to_owned);
    Ok((closed, rules().await?, site::api::choices().await?))
}

/// The form as it is typed.
#[derive(Clone, Copy)]
struct Draft {
    /// Empty until it is sent for the first time; a lost answer and a second press are one offer.
    id: RwSignal<String>,
    name: RwSignal<String>,
    phone: RwSignal<String>,
    post: RwSignal<String>,
    site: RwSignal<String>,
    starts_on: RwSignal<String>,
    ends_on: RwSignal<String>,
    allowance: RwSignal<String>,
}

impl Draft {
    fn new(form: OfferForm) -> Self {
        Self {
            id: RwSignal::new(form.id),
            name: RwSignal::new(form.name),
            phone: RwSignal::new(form.phone),
            post: RwSignal::new(form.post),
            site: RwSignal::new(form.site),
            starts_on: RwSignal::new(form.starts_on),
            ends_on: RwSignal::new(form.ends_on),
            allowance: RwSignal::new(form.allowance),
        }
    }

    fn fill(self, form: OfferForm) {
        self.id.set(form.id);
        self.name.set(form.name);
        self.phone.set(form.phone);
        self.post.set(form.post);
        self.site.set(form.site);
        self.starts_on.set(form.starts_on);
        self.ends_on.set(form.ends_on);
        self.allowance.set(form.allowance);
    }

    fn form(self) -> OfferForm {
        OfferForm {
            id: self.id.get(),
            name: self.name.get(),
            phone: self.phone.get(),
            post: self.post.get(),
            site: self.site.get(),
            starts_on: self.starts_on.get(),
            ends_on: self.ends_on.get(),
            allowance: self.allowance.get(),
        }
    }

    /// Takes up what an earlier visit left, then keeps every change.
    fn outlive_reloads(self) {
        Effect::new(move |ran: Option<()>| {
            let form = self.form();
            if ran.is_some() {
                kept::keep(KEPT, &form);
            } else if let Some(mut kept) = kept::read::<OfferForm>(KEPT) {
                // An only site that was added meanwhile stays chosen.
                if kept.site.is_empty() {
                    kept.site = form.site;
                }
                self.fill(kept);
            }
        });
    }
}

#[component]
fn TakeOn(ground: Ground, sites: Vec<SiteChoice>) -> impl IntoView {
    let only_site = match sites.as_slice() {
        [only] => only.id.to_string(),
        _ => String::new(),
    };
    let draft = Draft::new(OfferForm {
        site: only_site.clone(),
        ..OfferForm::default()
    });
    draft.outlive_reloads();
    let taken_on = RwSignal::new(None::<OfferForm>);
    let ground = StoredValue::new(ground);
    let sites = StoredValue::new(sites);
    view! {
        <PageHead title="录入见习人员" sub="线下谈好的人在这里录入，本人在手机上确认后开始见习"/>
        {move || match taken_on.get() {
            Some(form) => {
                let another = OfferForm { site: only_site.clone(), ..OfferForm::default() };
                done(&form, ground.with_value(|ground| ground.rules.check_ins_per_week), move || {
                    draft.fill(another.clone());
                    taken_on.set(None);
                })
            }
            None => view! { <Form draft ground sites taken_on/> }.erased(),
        }}
    }
}

#[component]
fn Form(
    draft: Draft,
    ground: StoredValue<Ground>,
    sites: StoredValue<Vec<SiteChoice>>,
    taken_on: RwSignal<Option<OfferForm>>,
) -> impl IntoView {
    let errors = Errors::new();
    let busy = RwSignal::new(false);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        if draft.id.with_untracked(|id| id.parse::<InternshipId>().is_err()) {
            draft.id.set(record_id::internship_id(clock::now()).to_string());
        }
        let form = untrack(|| draft.form());
        if let Err(wrong) = ground.with_value(|ground| form.check(ground.today, &ground.rules)) {
            errors.set(wrong);
            return;
        }
        errors.clear();
        busy.set(true);
        spawn_local(async move {
            let answer = api::offer(form.clone()).await;
            busy.try_set(false);
            match answer {
                Ok(_) => {
                    kept::forget(KEPT);
                    taken_on.try_set(Some(form));
                }
                Err(ApiError::SignIn) => host::leave_for_sign_in(),
                Err(ApiError::Invalid { errors: wrong }) => errors.set(wrong),
                Err(ApiError::Transport) => {
                    errors.set_general("没有网络，不知道是否已经录入。填的内容存在这台设备上；连上网后再点一次“录入”就行，不会重复录入。".to_owned());
                }
                Err(conflict @ ApiError::Conflict { .. }) => {
                    // The first one stands; whoever presses again after reading this means another.
                    draft.id.try_set(String::new());
                    errors.set_general(conflict.message());
                }
                Err(error) => errors.set_general(error.message()),
            }
        });
    };
    let beside = move |field, value| errors.beside(field, value);
    view! {
        <form class="card form" novalidate=true on:submit=send>
            <ErrorSummary errors=errors.all()/>
            <div class="split even">
                <TextField label="姓名" name="name" value=draft.name error=beside("name", draft.name)
                    hint="和本人身份证上的一样" autocomplete="off" maxlength=30/>
                <TextField label="本人手机号" name="phone" value=draft.phone error=beside("phone", draft.phone)
                    hint="本人注册用的手机号；和姓名都对上，邀请才会送到" kind="tel" inputmode="tel" autocomplete="off" maxlength=20/>
                <TextField label="岗位名称" name="post" value=draft.post error=beside("post", draft.post)
                    hint="本人在邀请里看到的名称，例如：数据标注" autocomplete="off" maxlength=40/>
                <SitePicker draft sites error=beside("site", draft.site)/>
            </div>
            <Dates draft ground starts=beside("starts_on", draft.starts_on) ends=beside("ends_on", draft.ends_on)/>
            <TextField label="每月生活费" name="allowance" value=draft.allowance error=beside("allowance", draft.allowance)
                hint="发给本人的基本生活费，按月填写" inputmode="decimal" autocomplete="off" unit="元" maxlength=12/>
            <div class="hint" role="status">{move || Fen::parse_yuan(&draft.allowance.get()).ok().map(|fen| format!("每月 {fen}"))}</div>
            <SubmitButton label="录入" busy_label="正在录入…" busy/>
        </form>
    }
}

/// Where the person checks in; without a site the way to the first one.
#[component]
fn SitePicker(draft: Draft, sites: StoredValue<Vec<SiteChoice>>, error: FieldError) -> impl IntoView {
    let options = sites.with_value(|sites| {
        sites
            .iter()
            .map(|site| Choice::new(site.id.to_string(), site.name.clone()))
            .collect::<Vec<_>>()
    });
    if options.is_empty() {
        return view! {
            <Banner tone=Tone::Info icon=LuMapPinPlus title="还没有签到地点">
                <span>"先添加一个地点，再回来继续。已填的内容会留着。"</span>
                <a class="btn s" id=crate::ui::field_id("site") href="/host/sites/new">"添加签到地点"</a>
                {move || error.get().map(|text| view! { <p class="error">{text}</p> })}
            </Banner>
        }
        .erased();
    }
    view! {
        <SelectField label="签到地点" name="site" value=draft.site options=options error hint="本人在这个地点的范围内签到"/>
    }
    .erased()
}

/// First and last day, the months between, and the usual lengths at one press.
#[component]
fn Dates(draft: Draft, ground: StoredValue<Ground>, starts: FieldError, ends: FieldError) -> impl IntoView {
    let (earliest, latest, shortest, longest) = ground.with_value(|ground| {
        let rules = &ground.rules;
        (
            add_days(ground.today, -i32::from(rules.offer_start_past_days)),
            add_days(ground.today, i32::from(rules.offer_start_ahead_days)),
            rules.internship_months_min,
            rules.internship_months_max,
        )
    });
    let first = move || parse_day(draft.starts_on.get().trim());
    let length = move || match (first(), parse_day(draft.ends_on.get().trim())) {
        (Some(first), Some(last)) if last >= first => {
            let days = domain::value::days_between(first, last) + 1;
            format!("共 {} 个月（{days} 天）", whole_months(first, last))
        }
        (Some(_), Some(_)) => "结束日期在开始日期之前".to_owned(),
        (Some(_), None) => format!("见习期限 {shortest} 到 {longest} 个月"),
        (None, _) => format!("先选开始日期；见习期限 {shortest} 到 {longest} 个月"),
    };
    let mut usual = vec![shortest, 6, longest];
    usual.retain(|months| (shortest..=longest).contains(months));
    usual.dedup();
    let lengths = usual
        .into_iter()
        .map(|months| {
            let choose = move |_| {
                if let Some(first) = untrack(first) {
                    draft
                        .ends_on
                        .set(add_days(add_months(first, i32::from(months)), -1).to_string());
                }
            };
            let off = move || first().is_none().then_some("true");
            view! {
                <button type="button" class="btn s line" aria-disabled=off on:click=choose>{months}" 个月"</button>
            }
        })
        .collect_view();
    view! {
        <div class="split even">
            <DateField label="开始日期" name="starts_on" value=draft.starts_on error=starts hint="第一天，从这一周起要签到"
                min=earliest.to_string() max=latest.to_string()/>
            <DateField label="结束日期" name="ends_on" value=draft.ends_on error=ends hint="最后一天，也算在见习期内"/>
        </div>
        <div class="row wrap" role="group" aria-label="按期限选择结束日期">
            {lengths}
            <span class="small muted" role="status">{length}</span>
        </div>
    }
}

/// What happens next, who acts, and the way on.
fn done(form: &OfferForm, per_week: u8, another: impl Fn() + 'static) -> AnyView {
    let name = form.name.trim().to_owned();
    let phone = Phone::parse(&form.phone)
        .map(|phone| phone.masked())
        .unwrap_or_default();
    let first = parse_day(form.starts_on.trim()).map(day_label).unwrap_or_default();
    let title = ["已录入 ", &name].concat();
    let focus = NodeRef::<leptos::html::H2>::new();
    Effect::new(move |_| {
        if let Some(title) = focus.get() {
            // A browser that does not move the focus still shows the page.
            let _ = title.focus();
        }
    });
    view! {
        <section class="card stack loose">
            <h2 node_ref=focus tabindex="-1">{title}</h2>
            <ol class="steps">
                <li class="done"><b>"邀请已经送出"</b><div class="small muted">"写明了岗位、地点、期限和生活费"</div></li>
                <li class="now">
                    <b>"等 "{name}" 本人确认"</b>
                    <div class="small muted">
                        "请本人用手机号 "<span class="nowrap">{phone}</span>" 登录见习通（没注册的先注册），在“今天”里看清内容再确认。姓名或手机号有误，本人就收不到：请在“见习人员”里撤回后重新录入。"
                    </div>
                </li>
                <li>
                    <b>"确认以后开始见习"</b>
                    <div class="small muted">{format!("从 {first} 起，每周至少签到 {per_week} 次，考勤看板上能看到")}</div>
                </li>
            </ol>
            <div class="row wrap">
                <a class="btn" href="/host/people">"看见习人员"</a>
                <button type="button" class="btn line" on:click=move |_| another()>"再录入一位"</button>
            </div>
        </section>
    }
    .erased()
}
