//! 签到地点: every site with its fence, its people and its last check-ins.

use super::{api, sketch};
use crate::feature::host;
use crate::ui::Erased;
use crate::ui::{Chip, EmptyState, FenceSketch, HostFrame, Icon, PageHead};
use domain::site::SiteView;
use domain::value::day_label;
use icondata_lu::{LuMapPin, LuMapPinPlus};
use leptos::prelude::*;
use leptos_meta::Title;

/// `/host/sites`.
#[component]
pub fn SitesPage() -> impl IntoView {
    let sites = crate::api::read(|| (), |()| api::list());
    view! {
        <Title text="签到地点"/>
        <HostFrame current="/host/sites">
            <PageHead title="签到地点" sub="见习人员在这些范围内签到直接算数，范围外的等您确认">
                <a class="btn s" href="/host/sites/new"><Icon icon=LuMapPinPlus/>"添加签到地点"</a>
            </PageHead>
            <Suspense fallback=host::waiting>
                {move || Suspend::new(async move {
                    match sites.await {
                        Ok(sites) if sites.is_empty() => none(),
                        Ok(sites) => {
                            let cards = sites.iter().map(card).collect_view();
                            view! { <div class="split even">{cards}</div> }.erased()
                        }
                        Err(error) => host::failed("签到地点", &error),
                    }
                })}
            </Suspense>
        </HostFrame>
    }
}

fn none() -> AnyView {
    view! {
        <section class="card">
            <EmptyState icon=LuMapPin title="还没有签到地点">
                <p>"站在工作的地方用手机或平板添加，一分钟就好。"</p>
                <a class="btn" href="/host/sites/new">"添加第一个地点"</a>
            </EmptyState>
        </section>
    }
    .erased()
}

fn card(site: &SiteView) -> AnyView {
    let href = ["/host/sites/", &site.id.to_string()].concat();
    let fences = vec![sketch::fence(&site.name, site.radius.value())];
    let points = site
        .recent
        .iter()
        .map(|point| sketch::check_in(point, site.centre))
        .collect::<Vec<_>>();
    let last = site.recent.first().map_or_else(
        || "还没有人在这里签到".to_owned(),
        |point| {
            [
                "最近签到：",
                &point.name,
                " ",
                &day_label(point.at.day()),
                " ",
                &point.at.clock(),
            ]
            .concat()
        },
    );
    let name = site.name.clone();
    let label = ["修改 ", &name].concat();
    view! {
        <article class="card stack">
            <div class="row between">
                <h2>{name}</h2>
                <Chip>{format!("{} 人", site.people)}</Chip>
            </div>
            <FenceSketch fences points/>
            <div class="row between">
                <div class="small muted grow">"半径 "{site.radius.label()}<br/>{last}</div>
                <a class="btn s line" href=href aria-label=label>"修改"</a>
            </div>
        </article>
    }
    .erased()
}
