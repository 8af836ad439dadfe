//! `/offer/:id`: the terms of an internship in plain words, and the trainee's yes or no. Works without JavaScript.

use super::api::{self, Confirm, Decline, OfferOpening};
use crate::api::{ApiError, Typed, read};
use crate::device::worker;
use crate::feature::form::PostForm;
use crate::ui::Erased;
use crate::ui::{Banner, Chip, Icon, Shape, Skeleton, SubmitButton, TextAreaField, Tone, TopBar, TraineeFrame};
use domain::InternshipId;
use domain::internship::{InternshipState, OfferView};
use domain::value::{day_label, month_day_label};
use icondata_lu::{LuCheck, LuCircleAlert, LuCircleCheck, LuCircleX, LuInfo};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;

/// The page.
#[component]
pub fn OfferPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params
            .with(|params| params.get("id"))
            .and_then(|id| id.parse::<InternshipId>().ok())
    });
    let offer = read(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::view(id).await,
                None => Err(ApiError::NotFound),
            }
        },
    );
    let confirm = ServerAction::<Confirm>::new();
    let decline = ServerAction::<Decline>::new();
    Effect::new(move || {
        let answered = matches!(confirm.value().get(), Some(Ok(()))) || matches!(decline.value().get(), Some(Ok(())));
        if answered {
            worker::keep("/today");
            offer.refetch();
        }
    });
    let header = view! { <TopBar title="见习邀请" back="/today"/> }.erased();
    view! {
        <Title text="见习邀请"/>
        <TraineeFrame current="/today" header>
            <Transition fallback=loading>
                {move || Suspend::new(async move {
                    match offer.await {
                        Ok(opening) => screen(opening, confirm, decline),
                        Err(error) => unreadable(&error, move || offer.refetch()),
                    }
                })}
            </Transition>
        </TraineeFrame>
    }
}

fn loading() -> AnyView {
    view! {
        <p class="sr" role="status">"正在读取"</p>
        <Skeleton shape=Shape::Card/>
        <Skeleton shape=Shape::Card/>
    }
    .erased()
}

fn unreadable(error: &ApiError, again: impl Fn() + Send + 'static) -> AnyView {
    let (title, text) = match error {
        ApiError::NotFound | ApiError::Forbidden => (
            "没有这份邀请".to_owned(),
            "它可能已经撤回，或者是发给别人的。请问一下单位经办人。".to_owned(),
        ),
        error => ("现在打不开这份邀请".to_owned(), error.message()),
    };
    view! {
        <Banner tone=Tone::Warn icon=LuCircleAlert title>
            <p>{text}</p>
            <button type="button" class="btn s" on:click=move |_| again()>"再试一次"</button>
        </Banner>
        <a class="btn ghost" href="/today">"回到今天"</a>
    }
    .erased()
}

fn screen(opening: OfferOpening, confirm: ServerAction<Confirm>, decline: ServerAction<Decline>) -> AnyView {
    let OfferOpening { offer, not_yet, typed } = opening;
    let before = typed.errors.of("").map(str::to_owned);
    let state = offer.state;
    let (id, version) = (offer.id, offer.version);
    let answer = settled(&offer).unwrap_or_else(|| answer_forms((id, version), not_yet, typed, confirm, decline));
    view! {
        <div aria-live="polite" class="stack">{failure(before, confirm, decline)}</div>
        {facts(offer)}
        {(state == InternshipState::Offered).then(terms)}
        {answer}
    }
    .erased()
}

/// What the server said against the last answer; after a plain form it comes back with the page.
fn failure(before: Option<String>, confirm: ServerAction<Confirm>, decline: ServerAction<Decline>) -> impl IntoView {
    let sentence = |value: Option<Result<(), ApiError>>| value.and_then(Result::err).map(|error| error.message());
    move || {
        let now = sentence(confirm.value().get()).or_else(|| sentence(decline.value().get()));
        now.or_else(|| before.clone()).map(|message| {
            view! { <Banner tone=Tone::Bad icon=LuCircleAlert title="还没有办成"><p>{message}</p></Banner> }
        })
    }
}

fn facts(offer: OfferView) -> AnyView {
    let tone = match offer.state {
        InternshipState::Offered => Tone::Warn,
        InternshipState::Active => Tone::Ok,
        InternshipState::Declined | InternshipState::Withdrawn | InternshipState::Ended => Tone::Plain,
    };
    let year = |day: domain::Day| format!("{}年{}", day.year(), month_day_label(day));
    let entered = format!(
        "{} {} 由单位登记",
        day_label(offer.offered_at.day()),
        offer.offered_at.clock()
    );
    view! {
        <section class="card stack" aria-labelledby="post">
            <div class="row between start">
                <div class="grow"><h2 id="post">{offer.post}</h2><div class="muted small">{offer.host}</div></div>
                <Chip tone>{offer.state.label()}</Chip>
            </div>
            <div><span class="big num">{offer.allowance.to_string()}</span>" "<span class="muted small">"每月基本生活费"</span></div>
            <dl class="facts">
                <dt>"日期"</dt>
                <dd class="num">{year(offer.starts_on)} " 至 " {year(offer.ends_on)}</dd>
                <dt>"时长"</dt>
                <dd class="num">{[&offer.months.to_string(), " 个月"].concat()}</dd>
                <dt>"签到地点"</dt>
                <dd>{offer.sites.join("、")}</dd>
            </dl>
            <p class="small muted num">{entered}</p>
        </section>
    }
    .erased()
}

/// What a yes means, and what the trainee may expect (CQ 三(一)2, 附件2; SQ 购买人身意外保险).
fn terms() -> AnyView {
    let line = |text: &'static str| view! { <li><Icon icon=LuCheck/><span>{text}</span></li> };
    view! {
        <section class="card stack" aria-labelledby="terms">
            <h2 id="terms">"确认参加，就是你同意"</h2>
            <ul class="terms">
                {line("在上面的日期到这家单位见习，遵守单位的规定。")}
                {line("每周按要求在签到地点签到；只在你按下按钮时定位。")}
                {line("不再参加时，提前告诉单位。")}
            </ul>
            <h2>"你应当得到"</h2>
            <ul class="terms">
                {line("每月按时、足额的基本生活费，发到你自己的银行卡；任何单位和个人都不能扣下你的卡。")}
                {line("书面的就业见习协议，和单位为你买的人身意外伤害保险。")}
            </ul>
            <p class="small muted">"和当面说好的不一样？先不要确认，请单位经办人改好再发给你。"</p>
        </section>
    }
    .erased()
}

fn answer_forms(
    (id, version): (InternshipId, i64),
    not_yet: Option<String>,
    typed: Typed<String>,
    confirm: ServerAction<Confirm>,
    decline: ServerAction<Decline>,
) -> AnyView {
    let before = typed.errors.of("reason").map(str::to_owned);
    let open = before.is_some();
    let reason = RwSignal::new(typed.values);
    let reason_error = Signal::derive(move || match decline.value().get() {
        Some(Err(error)) => error.fields().of("reason").map(str::to_owned),
        Some(Ok(())) => None,
        None => before.clone(),
    });
    let hidden = move || {
        view! {
            <input type="hidden" name="id" value=id.to_string()/>
            <input type="hidden" name="version" value=version/>
        }
    };
    let on_confirm = Callback::new(move |()| {
        confirm.dispatch(Confirm { id, version });
    });
    let on_decline = Callback::new(move |()| {
        decline.dispatch(Decline {
            id,
            version,
            reason: reason.get_untracked(),
        });
    });
    let yes = match not_yet {
        Some(sentence) => view! {
            <Banner tone=Tone::Warn icon=LuInfo title="现在还不能确认">
                <p>{sentence}</p>
                <a class="btn s" href="/me/identity">"看实名认证"</a>
            </Banner>
        }
        .erased(),
        None => view! {
            <PostForm action=Confirm::url() on_submit=on_confirm>
                {hidden()}
                <SubmitButton label="确认参加见习" busy=confirm.pending() busy_label="正在确认…"/>
            </PostForm>
        }
        .erased(),
    };
    view! {
        {yes}
        <details class="card decline" open=open>
            <summary>"我不参加"</summary>
            <PostForm action=Decline::url() on_submit=on_decline>
                {hidden()}
                <TextAreaField label="为什么不参加" name="reason" value=reason error=reason_error hint="单位会看到，例如：已经找到工作"/>
                <SubmitButton label="确定不参加" busy=decline.pending() class="btn bad wide"/>
            </PostForm>
        </details>
    }
    .erased()
}

/// After the answer: what happened and what comes next; `None` while the trainee has to answer.
fn settled(offer: &OfferView) -> Option<AnyView> {
    let (tone, icon, title, text) = match offer.state {
        InternshipState::Active => (
            Tone::Ok,
            LuCircleCheck,
            "你已确认参加这份见习",
            format!("从 {} 起，每周在“今天”里按要求签到。", day_label(offer.starts_on)),
        ),
        InternshipState::Declined => (
            Tone::Plain,
            LuCircleX,
            "你没有参加这份见习",
            "单位已经知道了。改变主意的话，请单位经办人再发一份邀请。".to_owned(),
        ),
        InternshipState::Withdrawn => (
            Tone::Plain,
            LuInfo,
            "单位撤回了这份邀请",
            "不用再答复。有疑问请联系单位经办人。".to_owned(),
        ),
        InternshipState::Ended => (
            Tone::Plain,
            LuInfo,
            "这段见习已经结束",
            format!("到 {} 为止。签到记录还能查看。", day_label(offer.ends_on)),
        ),
        InternshipState::Offered => return None,
    };
    let view = view! {
        <Banner tone icon title><p>{text}</p></Banner>
        <a class="btn" href="/today">"回到今天"</a>
    };
    Some(view.into_any())
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use super::*;
    use domain::value::parse_day;
    use domain::{Fen, FieldErrors, Moment};

    fn html(state: InternshipState, typed: Typed<String>) -> String {
        html_of(state, typed, None)
    }

    fn html_of(state: InternshipState, typed: Typed<String>, not_yet: Option<String>) -> String {
        let first = parse_day("2026-12-01").unwrap();
        let offer = OfferView {
            id: InternshipId::new(uuid::Uuid::from_u128(5)),
            host: "石阡县茶业有限公司".into(),
            post: "质检岗".into(),
            sites: vec!["厂区".into(), "门店".into()],
            starts_on: first,
            ends_on: parse_day("2027-02-28").unwrap(),
            months: 3,
            allowance: Fen::from_fen(210_000).unwrap(),
            state,
            offered_at: Moment::at(first, 9, 0),
            version: 4,
        };
        let owner = Owner::new();
        owner.with(|| {
            screen(
                OfferOpening { offer, not_yet, typed },
                ServerAction::new(),
                ServerAction::new(),
            )
            .to_html()
        })
    }

    #[test]
    fn the_terms_stand_in_plain_words_and_both_answers_work_without_javascript() {
        let html = html(InternshipState::Offered, Typed::default());
        for words in [
            "¥2,100.00",
            "2026年12月1日",
            "2027年2月28日",
            "3 个月",
            "厂区、门店",
            "确认参加见习",
            "我不参加",
        ] {
            assert!(html.contains(words), "{words} in {html}");
        }
        for action in ["/api/internship/confirm", "/api/internship/decline"] {
            assert!(
                html.contains(&format!("method=\"post\" action=\"{action}\"")),
                "{action} in {html}"
            );
        }
        assert!(html.contains("name=\"version\" value=\"4\""));
    }

    #[test]
    fn before_the_identity_is_through_the_offer_says_why_and_can_only_be_declined() {
        let sentence = "实名认证还在石阡县人力资源和社会保障局审核，最迟 12月3日 办结，通过后才能确认见习。";
        let html = html_of(InternshipState::Offered, Typed::default(), Some(sentence.to_owned()));
        assert!(html.contains(sentence) && html.contains("/me/identity"), "{html}");
        assert!(!html.contains("/api/internship/confirm") && html.contains("/api/internship/decline"));
    }

    #[test]
    fn a_plain_form_that_failed_comes_back_with_the_reason_and_the_sentence() {
        let typed = Typed {
            values: "太远".into(),
            errors: FieldErrors::one("", "请稍后再试"),
        };
        let html = html(InternshipState::Offered, typed);
        assert!(html.contains("太远") && html.contains("请稍后再试"));
    }

    #[test]
    fn an_answered_offer_says_what_happened_and_asks_nothing() {
        for (state, words) in [
            (InternshipState::Active, "你已确认参加这份见习"),
            (InternshipState::Declined, "你没有参加这份见习"),
            (InternshipState::Withdrawn, "单位撤回了这份邀请"),
            (InternshipState::Ended, "这段见习已经结束"),
        ] {
            let html = html(state, Typed::default());
            assert!(html.contains(words) && !html.contains("<form"), "{html}");
        }
    }
}
