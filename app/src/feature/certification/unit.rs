//! `/units/:id`: one host with its application, its cases, and what the certifying agency may do with it.

use super::units::quiet;
use super::{api, facts};
use crate::api::{ApiError, Read};
use crate::feature::host;
use crate::feature::host::form::Errors;
use crate::ui::{
    Banner, Chip, DataTable, DateField, Erased, ErrorSummary, Icon, PageHead, Sheet, StaffFrame, SubmitButton,
    TextAreaField, Tone, attr, heads,
};
use domain::HostId;
use domain::certification::{UnitAct, UnitActForm, UnitActView, UnitCase, UnitPage as Page};
use domain::value::{add_days, full_day_label};
use icondata_lu::{LuCircleAlert, LuCircleCheck, LuInfo, LuPrinter};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

const TITLE: &str = "单位";

/// An act: the question, the waiting, and what became of it.
#[derive(Clone, Copy)]
struct Acting {
    page: Read<Result<Page, ApiError>>,
    act: RwSignal<Option<UnitAct>>,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
    reason: RwSignal<String>,
    until: RwSignal<String>,
    errors: Errors,
    outcome: RwSignal<Option<String>>,
}

/// `/units/:id`.
#[component]
pub fn UnitPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<HostId>().ok())));
    let page = crate::api::read(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::unit(id).await,
                None => Err(ApiError::NotFound),
            }
        },
    );
    let acting = Acting {
        page,
        act: RwSignal::new(None),
        open: RwSignal::new(false),
        busy: RwSignal::new(false),
        reason: RwSignal::new(String::new()),
        until: RwSignal::new(String::new()),
        errors: Errors::new(),
        outcome: RwSignal::new(None),
    };
    view! {
        <Title text=TITLE/>
        <StaffFrame current="/units">
            <div role="status">
                {move || acting.outcome.get().map(|title| view! { <Banner tone=Tone::Ok icon=LuCircleCheck title=title/> })}
            </div>
            <Transition fallback=host::waiting>
                {move || Suspend::new(async move {
                    match page.await {
                        Ok(page) => screen(page, acting),
                        Err(error) => host::failed(TITLE, &error),
                    }
                })}
            </Transition>
        </StaffFrame>
    }
    .erased()
}

fn screen(page: Page, acting: Acting) -> AnyView {
    let sub = format!("{} · {}", page.credit_code, page.address);
    let print = page.may_print().then(|| format!("/units/{}/print", page.row.id));
    let sent = page.form != domain::certification::CertificationForm::default();
    view! {
        <PageHead title=page.row.name.clone() sub=sub>
            <Chip tone=facts::tone(page.row.state)>{page.row.state.label()}</Chip>
            {print.map(|href| view! { <a class="btn s line" href=href><Icon icon=LuPrinter/>"打印申请表"</a> }.erased())}
            <a class="btn s line" href="/units">"回到名单"</a>
        </PageHead>
        {now(&page)}
        {acts(&page, acting)}
        {sent.then(|| application(&page))}
        {cases(page.cases.clone())}
        {history(page.acts.clone())}
        <Asking page acting/>
    }
    .into_any()
}

/// Where the host stands.
fn now(page: &Page) -> AnyView {
    let by = page.row.certified_by.clone().unwrap_or_else(|| "还没有认证".to_owned());
    let day = |day: Option<domain::Day>| day.map_or_else(|| "—".to_owned(), full_day_label);
    let people = format!("{} 人见习中，{} 人等本人确认", page.row.people, page.invited);
    let rectify = page.row.rectify_until.map(|until| {
        let over = if page.row.is_rectification_over(page.today) {
            "（已过期限，请复核）"
        } else {
            ""
        };
        view! { <dt>"整改期限"</dt><dd class="num">{full_day_label(until)}{over}</dd> }
    });
    let banned = page
        .banned_until
        .map(|until| view! { <dt>"可重新申请"</dt><dd class="num">{full_day_label(until)}"起"</dd> });
    view! {
        <section class="card stack" aria-labelledby="now-title">
            <h2 id="now-title">"认证和见习情况"</h2>
            <dl class="facts">
                <dt>"认证机构"</dt><dd>{by}</dd>
                <dt>"认证日期"</dt><dd class="num">{day(page.row.since)}</dd>
                <dt>"见习人员"</dt><dd class="num">{people}</dd>
                <dt>"最近活动"</dt><dd class="num">{quiet(&page.row, page.today)}</dd>
                {rectify}
                {banned}
            </dl>
        </section>
    }
    .erased()
}

fn acts(page: &Page, acting: Acting) -> Option<AnyView> {
    if page.may.is_empty() {
        return None;
    }
    let idle = page.row.idle.then(|| {
        let title = format!("这个单位已超过 {} 年没有开展见习", page.idle_years);
        view! { <Banner tone=Tone::Warn icon=LuInfo title=title><span>"核实后可以清退；清退后单位可以重新申请认证。"</span></Banner> }
    });
    let buttons = page
        .may
        .iter()
        .map(|act| {
            let act = *act;
            let class = if act == UnitAct::AcceptRectification {
                "btn s"
            } else {
                "btn s bad"
            };
            view! { <button type="button" class=class on:click=move |_| acting.ask(act)>{act.label()}</button> }
        })
        .collect_view();
    let view = view! {
        <section class="card stack" aria-labelledby="acts-title">
            <h2 id="acts-title">"办理"</h2>
            {idle}
            <div class="row wrap">{buttons}</div>
        </section>
    };
    Some(view.erased())
}

fn application(page: &Page) -> AnyView {
    let rows = domain::certification::FIELDS
        .into_iter()
        .filter(|(field, _)| domain::certification::paper_of(field).is_none())
        .map(|(field, label)| view! { <dt>{label}</dt><dd>{facts::value(&page.form, field)}</dd> })
        .collect_view();
    view! {
        <section class="card stack" aria-labelledby="form-title">
            <h2 id="form-title">"认证申请"</h2>
            <dl class="facts">{rows}</dl>
            <p class="small muted">"材料和审核经过见下面的事项。"</p>
        </section>
    }
    .erased()
}

fn cases(cases: Vec<UnitCase>) -> AnyView {
    if cases.is_empty() {
        return view! { <section class="card"><h2>"审核事项"</h2><p class="muted">"还没有提交过审核事项。"</p></section> }.erased();
    }
    let rows = cases
        .into_iter()
        .map(|case| {
            let name = if case.readable {
                view! { <a href=format!("/cases/{}", case.id)>{case.kind.label()}</a> }.erased()
            } else {
                view! { <span>{case.kind.label()}</span> }.erased()
            };
            let decided = case.decided_on.map_or_else(|| "—".to_owned(), full_day_label);
            view! {
                <tr role="row">
                    <th class="who" role="rowheader" scope="row">{name}</th>
                    <td class="sum" role="cell">{case.state.label()}</td>
                    <td class="full num" role="cell" {..attr("data-label", "提交")}>{full_day_label(case.submitted_on)}</td>
                    <td class="full num" role="cell" {..attr("data-label", "办结")}>{decided}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card stack roster" aria-labelledby="cases-title">
            <h2 id="cases-title">"审核事项"</h2>
            <DataTable label="提交过的审核事项">
                {heads(&["事项", "状态", "提交", "办结"])}
                <tbody role="rowgroup">{rows}</tbody>
            </DataTable>
        </section>
    }
    .erased()
}

fn history(acts: Vec<UnitActView>) -> Option<AnyView> {
    if acts.is_empty() {
        return None;
    }
    let rows = acts
        .into_iter()
        .map(|act| {
            let head = format!("{} · {}", full_day_label(act.on), act.act.label());
            let until = act.until.map(|until| {
                let words = if act.act.disqualifies() {
                    "起可重新申请"
                } else {
                    "前改正"
                };
                format!("{}{words}。", full_day_label(until))
            });
            let by = format!("{} {}，依据规则 {}", act.agency, act.by, act.basis);
            view! {
                <li>
                    <b>{head}</b>
                    <p>{act.reason}</p>
                    <p class="small muted">{until}{by}</p>
                </li>
            }
        })
        .collect_view();
    let view = view! {
        <section class="card stack" aria-labelledby="history-title">
            <h2 id="history-title">"处理记录"</h2>
            <ol class="list">{rows}</ol>
        </section>
    };
    Some(view.erased())
}

impl Acting {
    fn ask(self, act: UnitAct) {
        // What was typed for one act is not said about another.
        if self.act.get_untracked() != Some(act) {
            self.reason.set(String::new());
            self.until.set(String::new());
        }
        self.act.set(Some(act));
        self.errors.clear();
        self.open.set(true);
    }

    fn carry_out(self, id: HostId, version: i64, name: String, (today, rectify_days): (domain::Day, u16)) {
        let Some(act) = self.act.get_untracked() else {
            return;
        };
        if self.busy.get_untracked() {
            return;
        }
        let form = UnitActForm {
            act: act.code().to_owned(),
            reason: self.reason.get_untracked(),
            until: self.until.get_untracked(),
        };
        if let Err(wrong) = form.check(today, rectify_days) {
            return self.errors.set(wrong);
        }
        self.errors.clear();
        self.outcome.set(None);
        self.busy.set(true);
        spawn_local(async move {
            let answer = api::act(id, version, form).await;
            self.busy.try_set(false);
            match answer {
                Ok(state) => {
                    self.open.try_set(false);
                    self.reason.try_set(String::new());
                    self.until.try_set(String::new());
                    self.outcome.try_set(Some(format!(
                        "{name}：已办理“{}”，现在是“{}”。",
                        act.label(),
                        state.label()
                    )));
                    self.page.refetch();
                }
                Err(ApiError::SignIn) => host::leave_for_sign_in(),
                Err(ApiError::Invalid { errors }) => self.errors.set(errors),
                Err(error) => self.errors.set_general(error.message()),
            }
        });
    }
}

/// Asks with the unit's name, and says what follows.
#[component]
fn Asking(page: Page, acting: Acting) -> impl IntoView {
    let (id, version, today, most) = (page.row.id, page.version, page.today, page.rectify_days);
    let name = StoredValue::new(page.row.name.clone());
    let page = StoredValue::new(page);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        acting.carry_out(id, version, name.get_value(), (today, most));
    };
    let question = move || {
        let act = acting.act.get()?;
        Some(format!("对“{}”办理：{}", name.get_value(), act.label()))
    };
    let follows = move || acting.act.get().map(|act| page.with_value(|page| follows(act, page)));
    let until = move || {
        (acting.act.get() == Some(UnitAct::AskRectification)).then(|| {
            view! {
                <DateField label="整改期限" name="until" value=acting.until error=acting.errors.one("until")
                    limit=format!("最长 {most} 天") min=add_days(today, 1).to_string() max=add_days(today, i32::from(most)).to_string()/>
            }
            .erased()
        })
    };
    view! {
        <Sheet title="请核对后办理" open=acting.open>
            <form class="form" novalidate=true on:submit=send>
                <p class="strong">{question}</p>
                {move || follows().map(|text| view! { <Banner tone=Tone::Warn icon=LuCircleAlert title="办理以后"><span>{text}</span></Banner> })}
                <ErrorSummary errors=acting.errors.all()/>
                {until}
                <TextAreaField label="依据和原因" name="reason" value=acting.reason error=acting.errors.beside("reason", acting.reason)
                    hint="单位会看到。写明查实的情况，10 到 300 个字" maxlength=300/>
                <div class="row wrap">
                    <SubmitButton label="确认办理" busy=acting.busy class="btn bad"/>
                    <button type="button" class="btn line" on:click=move |_| acting.open.set(false)>"先不办理"</button>
                </div>
            </form>
        </Sheet>
    }
    .erased()
}

/// What an act means for the host, with its dates.
fn follows(act: UnitAct, page: &Page) -> String {
    let people = if page.row.people + page.invited > 0 {
        format!(
            "现有 {} 人见习中、{} 人等确认，请另行安排。",
            page.row.people, page.invited
        )
    } else {
        String::new()
    };
    match act {
        UnitAct::CleanOut => "单位不能再接收见习人员；需要时可以马上重新申请认证。".to_owned(),
        UnitAct::AskRectification => "单位会看到原因和期限，现有的见习人员照常见习。到期请复核结果。".to_owned(),
        UnitAct::AcceptRectification => "单位恢复为已认证。".to_owned(),
        UnitAct::RefuseRectification => format!(
            "单位失去见习资格，不能再接收见习人员，{}起才能重新申请。{people}",
            full_day_label(page.ban_would_end)
        ),
        UnitAct::FalseClaim => format!(
            "单位失去见习资格，不能再接收见习人员，{}起才能重新申请；已发的补贴要另行追回。{people}",
            full_day_label(page.ban_would_end)
        ),
    }
}
