//! `/host/certification/print`: 就业见习单位申请表 on A4, with every approval so far and empty boxes for the seals.

use super::{api, facts};
use crate::feature::host;
use crate::ui::{Erased, Icon};
use domain::certification::{PrintStage, PrintView};
use domain::value::full_day_label;
use icondata_lu::{LuChevronLeft, LuPrinter};
use leptos::prelude::*;
use leptos_meta::Title;

/// `/host/certification/print`.
#[component]
pub fn PrintPage() -> impl IntoView {
    let form = crate::api::read(|| (), |()| api::print());
    view! {
        <Title text="就业见习单位申请表"/>
        <Suspense fallback=host::waiting>
            {move || Suspend::new(async move {
                match form.await {
                    Ok(form) => paper(form),
                    Err(error) => host::failed("就业见习单位申请表", &error),
                }
            })}
        </Suspense>
    }
    .erased()
}

fn paper(view: PrintView) -> AnyView {
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
                <a class="btn s line" href="/host/certification"><Icon icon=LuChevronLeft/>"回到认证"</a>
                <button type="button" class="btn" on:click=print><Icon icon=LuPrinter/>"打印"</button>
            </div>
            <h1>"就业见习单位申请表"</h1>
            <table>
                <caption class="sr">"申请内容"</caption>
                <tbody>
                    {row("单位名称", plain(view.name.clone()))}
                    {row("统一社会信用代码", plain(view.credit_code.clone()))}
                    {row("经营地址", plain(view.address.clone()))}
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
    let opinion = match (&stage.approved, stage.opinion) {
        (Some(_), Some(opinion)) => format!("{}：通过。{opinion}", stage.agency),
        (Some(_), None) => format!("{}：通过。", stage.agency),
        (None, _) => stage.agency,
    };
    let signed = stage.approved.map_or_else(
        || "经办人：　　　　　（盖章）　　　　年　　月　　日".to_owned(),
        |(name, day)| format!("经办人：{name}　（盖章）　{}", full_day_label(day)),
    );
    view! {
        <tr>
            <th scope="row">{title}</th>
            <td><div class="seal"><p>{opinion}</p><p>{signed}</p></div></td>
        </tr>
    }
}
