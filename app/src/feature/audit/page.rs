//! `/audit`: who did what, newest first. The filter is the address; the chain is checked on demand; files are downloads.

use super::api;
use crate::api::{ApiError, with_query};
use crate::feature::host;
use crate::ui::{
    Banner, Chip, Choice, DateField, EmptyState, Icon, PageHead, SelectField, StaffFrame, TextField, Tone,
};
use crate::ui::{Erased, attr};
use domain::audit::{AuditLine, AuditPage as Page, ChainVerdict, Fact};
use domain::value::full_day_label;
use icondata_lu::{LuCircleAlert, LuDownload, LuScrollText, LuShieldCheck};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The filter's fields in the order of [`FIELDS`].
type Filter = [String; 5];

/// The filter and where the page begins.
type Asked = (Filter, String);

const FIELDS: [&str; 5] = ["from", "until", "who", "act", "subject"];

/// `/audit`.
#[component]
pub fn AuditPage() -> impl IntoView {
    let query = use_query_map();
    let asked: Memo<Asked> = Memo::new(move |_| {
        query.with(|query| {
            let get = |name: &str| query.get(name).unwrap_or_default();
            (FIELDS.map(get), get("before"))
        })
    });
    let page = crate::api::read(
        move || asked.get(),
        |([from, until, who, act, subject], before)| api::page(from, until, who, act, subject, before),
    );
    view! {
        <Title text="审计"/>
        <StaffFrame current="/audit">
            <PageHead title="审计" sub="谁在什么时候做了什么；只能看，不能改。每次查阅也会记下来"/>
            <Chain/>
            <Transition fallback=host::waiting>
                {move || Suspend::new(async move {
                    let (filter, before) = asked.get_untracked();
                    match page.await {
                        Ok(page) => view! { {fields(&filter, page.acts.clone())} {list(page, filter, &before)} }.erased(),
                        Err(ApiError::Invalid { errors }) => {
                            let lines = errors.0.into_iter().map(|error| view! { <li>{error.message}</li> }).collect_view();
                            view! {
                                {fields(&filter, Vec::new())}
                                <Banner tone=Tone::Bad icon=LuCircleAlert title="没有查到：条件要改一下"><ul>{lines}</ul></Banner>
                            }
                            .erased()
                        }
                        Err(error) => host::failed("审计", &error),
                    }
                })}
            </Transition>
        </StaffFrame>
    }
    .erased()
}

/// A plain form whose fields become the address.
fn fields([from, until, who, act, subject]: &Filter, acts: Vec<(String, String)>) -> AnyView {
    let signal = |text: &String| RwSignal::new(text.clone());
    let (from, until, who, subject) = (signal(from), signal(until), signal(who), signal(subject));
    let mut acts: Vec<Choice> = acts.into_iter().map(|(act, label)| Choice::new(act, label)).collect();
    if !act.is_empty() && !acts.iter().any(|one| one.value == *act) {
        acts.push(Choice::new(act.clone(), act.clone()));
    }
    let act = signal(act);
    view! {
        <form class="card filter" method="get" action="/audit" role="search" aria-label="筛选审计记录">
            <DateField label="从哪天" name="from" value=from required=false/>
            <DateField label="到哪天" name="until" value=until required=false/>
            <SelectField label="事项" name="act" value=act options=Signal::stored(acts) required=false placeholder="全部事项"/>
            <TextField label="姓名或登录账号" name="who" value=who required=false autocomplete="off" maxlength=64/>
            <TextField label="相关编号" name="subject" value=subject required=false autocomplete="off" maxlength=36
                placeholder="点记录里的名字会自动填上"/>
            <div class="actions">
                <button type="submit" class="btn">"查找"</button>
                <a class="btn line" href="/audit">"清空条件"</a>
            </div>
        </form>
    }
    .erased()
}

fn list(page: Page, filter: Filter, before: &str) -> AnyView {
    let pairs = || FIELDS.into_iter().zip(filter.iter().map(String::as_str));
    let address = |path: &str, name: &'static str, value: &str| with_query(path, pairs().chain([(name, value)]));
    let (csv, json) = (
        address("/export/audit", "format", "csv"),
        address("/export/audit", "format", "json"),
    );
    let nothing = page.lines.is_empty();
    let on = page.next.map(|next| {
        let words = if nothing { "再往前找" } else { "更早的记录" };
        let href = address("/audit", "before", &next.to_string());
        view! { <a class="btn line" href=href>{words}</a> }
    });
    let newest = (!before.is_empty()).then(|| {
        let href = with_query("/audit", pairs());
        view! { <a class="btn line" href=href>"回到最新的记录"</a> }
    });
    let empty = nothing.then(|| {
        let (title, hint) = if page.next.is_some() {
            ("这一段里没有", "更早的记录还没有找完，可以再往前找。")
        } else {
            ("没有符合条件的记录", "放宽日期，或清空条件再看。")
        };
        view! { <EmptyState icon=LuScrollText title><p>{hint}</p></EmptyState> }
    });
    let lines = page.lines.into_iter().map(line).collect_view();
    view! {
        <section class="card stack" aria-labelledby="list-title">
            <div class="row between wrap">
                <h2 id="list-title">"记录"</h2>
                <div class="row wrap">
                    <a class="btn s line" href=csv rel="external" download=""><Icon icon=LuDownload/>"导出表格（CSV）"</a>
                    <a class="btn s line" href=json rel="external" download=""><Icon icon=LuDownload/>"导出 JSON"</a>
                </div>
            </div>
            {empty}
            <ol class="list audit-list">{lines}</ol>
            <div class="row wrap">{newest}{on}</div>
        </section>
    }
    .erased()
}

fn line(line: AuditLine) -> impl IntoView {
    let facts = line.facts.into_iter().map(fact).collect_view();
    view! {
        <li>
            <div class="small muted num">
                {full_day_label(line.at.day())}" "{line.at.clock()}
                <div>"第 "{line.seq}" 条"</div>
            </div>
            <div>
                <div class="row wrap tight">
                    <Chip>{line.label}</Chip>
                    <span class="name">{line.who.clone()}</span>
                    {(line.role != line.who).then(|| view! { <span class="small muted">{line.role}</span> })}
                </div>
                <div class="facts-line">{facts}</div>
            </div>
        </li>
    }
}

/// An id leads to everything about it.
fn fact(fact: Fact) -> AnyView {
    match fact.id {
        Some(id) => {
            let href = with_query("/audit", [("subject", id.as_str())].into_iter());
            view! { <span>{fact.label}"："<a href=href>{fact.value}</a></span> }.erased()
        }
        None => view! { <span>{fact.label}"："{fact.value}</span> }.erased(),
    }
}

/// The check of the whole chain, and its result in words.
#[component]
fn Chain() -> impl IntoView {
    let busy = RwSignal::new(false);
    let found = RwSignal::new(None::<Result<ChainVerdict, ApiError>>);
    let place = StoredValue::new(String::new());
    let check = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        found.set(None);
        spawn_local(async move {
            let mut answer = api::verify(place.get_value()).await;
            // Part by part; a screen that was left asks for no more.
            while let Ok(ChainVerdict::SoFar { resume, .. }) = &answer {
                let resume = resume.clone();
                if place.try_set_value(resume.clone()).is_some() {
                    return;
                }
                found.try_set(Some(answer));
                answer = api::verify(resume).await;
            }
            // A lost network goes on where it was; everything else begins anew.
            if !matches!(answer, Err(ApiError::Transport | ApiError::Unavailable)) {
                place.try_set_value(String::new());
            }
            busy.try_set(false);
            if answer == Err(ApiError::SignIn) {
                return host::leave_for_sign_in();
            }
            found.try_set(Some(answer));
        });
    };
    let flag = move || busy.get().then_some("true");
    let result = move || {
        found.get().map(|answer| match answer {
            Ok(verdict @ ChainVerdict::SoFar { checked, of, .. }) => view! {
                <p class="small muted">{verdict.sentence()}</p>
                <progress value=checked.to_string() max=of.to_string() {..attr("aria-label", "核验进度")}></progress>
            }
            .erased(),
            Ok(verdict @ ChainVerdict::Whole { .. }) => {
                view! { <Banner tone=Tone::Ok icon=LuShieldCheck title=verdict.sentence()/> }.erased()
            }
            Ok(verdict @ ChainVerdict::Broken { .. }) => {
                view! { <Banner tone=Tone::Bad icon=LuCircleAlert title=verdict.sentence()/> }.erased()
            }
            Err(error) => view! { <Banner tone=Tone::Bad icon=LuCircleAlert title=error.message()/> }.erased(),
        })
    };
    view! {
        <section class="card stack" aria-labelledby="chain-title">
            <div class="row between wrap">
                <div class="grow">
                    <h2 id="chain-title">"核验链条"</h2>
                    <p class="small muted">"每条记录都连着前一条的校验值，改动、删除或插入任何一条都能查出来。"</p>
                </div>
                <button type="button" class="btn s line" aria-busy=flag aria-disabled=flag on:click=check>
                    <Icon icon=LuShieldCheck/>
                    {move || if busy.get() { "正在核验…" } else { "核验链条" }}
                </button>
            </div>
            <div role="status">{result}</div>
        </section>
    }
    .erased()
}
