//! 就业见习单位申请表 on A4, with every decision so far and empty boxes for the seals: `/host/certification/print` for the host,
//! `/units/:id/print` for the agencies of its case.

use super::{api, facts};
use crate::api::ApiError;
use crate::feature::host;
use crate::ui::{Erased, Icon};
use domain::HostId;
use domain::certification::{PrintDecision, PrintStage, PrintView};
use domain::review::{DecisionRecord, Verdict};
use domain::value::full_day_label;
use icondata_lu::{LuChevronLeft, LuPrinter};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

const TITLE: &str = "就业见习单位申请表";

/// `/host/certification/print`.
#[component]
pub fn PrintPage() -> impl IntoView {
    let form = crate::api::read(|| (), |()| api::print());
    view! {
        <Title text=TITLE/>
        <Suspense fallback=host::waiting>
            {move || Suspend::new(async move {
                match form.await {
                    Ok(form) => paper(form, ("/host/certification".to_owned(), "回到认证")),
                    Err(error) => host::failed(TITLE, &error),
                }
            })}
        </Suspense>
    }
    .erased()
}

/// `/units/:id/print`.
#[component]
pub fn UnitPrintPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<HostId>().ok())));
    let form = crate::api::read(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => Ok((id, api::print_of(id).await?)),
                None => Err(ApiError::NotFound),
            }
        },
    );
    view! {
        <Title text=TITLE/>
        <Suspense fallback=host::waiting>
            {move || Suspend::new(async move {
                match form.await {
                    Ok((id, form)) => paper(form, (format!("/units/{id}"), "回到单位")),
                    Err(error) => host::failed(TITLE, &error),
                }
            })}
        </Suspense>
    }
    .erased()
}

fn paper(view: PrintView, (back, back_words): (String, &'static str)) -> AnyView {
    let print = |_| {
        // A browser that cannot print leaves the page as it is.
        let _ = window().print();
    };
    let row =
        |label: &'static str, value: AnyView| view! { <tr><th scope="row">{label}</th><td>{value}</td></tr> }.erased();
    let plain = |value: String| view! { <span>{value}</span> }.erased();
    let form = &view.form;
    let submitted = view
        .submitted_on
        .map_or_else(|| "（未提交）".to_owned(), full_day_label);
    let stages = view.stages.iter().cloned().map(stage).collect_view();
    let today = full_day_label(view.today);
    view! {
        <main class="paper-form" id="main">
            <div class="row between wrap no-print">
                <a class="btn s line" href=back><Icon icon=LuChevronLeft/>{back_words}</a>
                <button type="button" class="btn" on:click=print><Icon icon=LuPrinter/>"打印"</button>
            </div>
            <h1>{TITLE}</h1>
            <table>
                <caption class="sr">"申请内容"</caption>
                <tbody>
                    {row("单位名称", plain(view.name.clone()))}
                    {row("统一社会信用代码", plain(view.credit_code.clone()))}
                    {row("经营地址", plain(view.address.clone()))}
                    {row("法定代表人", plain(view.legal_representative.clone().unwrap_or_else(|| "—".to_owned())))}
                    {row("经办人和电话", plain(view.operator.clone().unwrap_or_else(|| "—".to_owned())))}
                    {row("见习计划", plain(facts::plan_label(form).to_owned()))}
                    {row("提交日期", plain(submitted))}
                    {row("单位简介", facts::text(&form.profile))}
                    {row("参保员工人数", facts::value(form, "insured_employees"))}
                    {row("近年专业及人数需求", facts::lines(facts::needs(form)))}
                    {row("见习指导师资", facts::lines(facts::mentors(form)))}
                    {row("专职人员", facts::lines(facts::staff(form)))}
                    {row("附件", facts::lines(view.papers.clone()))}
                    <tr>
                        <th scope="row">"单位意见"</th>
                        <td><div class="seal"><p>"本单位对所填内容和所附材料的真实性负责。"</p><p>"（单位盖章）　　　　年　　月　　日"</p></div></td>
                    </tr>
                    {stages}
                </tbody>
            </table>
            <p class="small">"认证状态："{view.state.label()}"　打印日期："{today}"　本表由见习通生成"</p>
        </main>
    }
    .erased()
}

fn stage(stage: PrintStage) -> impl IntoView {
    let title = format!("{}意见", stage.purpose.label());
    let opinion = stage.decision.as_ref().map_or_else(
        || stage.agency.clone(),
        |decision| format!("{}：{}", stage.agency, opinion(decision)),
    );
    let signed = stage.decision.as_ref().map_or_else(
        || "经办人：　　　　　（盖章）　　　　年　　月　　日".to_owned(),
        |decision| format!("经办人：{}　（盖章）　{}", decision.by, full_day_label(decision.on)),
    );
    let record = stage.decision.and_then(|decision| decision.record).map(inspection);
    view! {
        <tr>
            <th scope="row">{title}</th>
            <td>{record}<div class="seal"><p>{opinion}</p><p>{signed}</p></div></td>
        </tr>
    }
}

fn opinion(decision: &PrintDecision) -> String {
    let verdict = if decision.verdict == Verdict::Reject {
        "不通过"
    } else {
        "通过"
    };
    match &decision.opinion {
        Some(words) => format!("{verdict}。{words}"),
        None => format!("{verdict}。"),
    }
}

/// What the inspection found: date, people, and each of its three questions (CQ 三(二)1).
fn inspection(record: DecisionRecord) -> AnyView {
    match record {
        DecisionRecord::Inspection {
            visited_on,
            visitors,
            premises,
            operation,
            needs,
            photos,
        } => facts::lines(vec![
            format!("考察日期：{}", full_day_label(visited_on)),
            format!("考察人：{visitors}"),
            format!("见习场所：{premises}"),
            format!("经营状况：{operation}"),
            format!("岗位需求：{needs}"),
            format!("考察照片：{} 份", photos.len()),
        ]),
        // How a person was identified is no part of this form.
        DecisionRecord::Identity { .. } => ().into_any(),
    }
}
