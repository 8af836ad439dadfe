//! 见习人员: the host's people by state. An offer without an answer can be taken back, with the name in the question.

use super::api;
use crate::api::{ApiError, Read};
use crate::feature::{certification, host};
use crate::ui::Erased;
use crate::ui::{Avatar, Banner, Chip, DataTable, EmptyState, HostFrame, Icon, PageHead, Sheet, Tone, heads};
use domain::Day;
use domain::internship::{InternshipState, RosterEntry};
use domain::value::{month_day_label, whole_months};
use icondata_lu::{LuCircleAlert, LuCircleCheck, LuInfo, LuUserRoundPlus};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;

/// The states in the order in which somebody has to act.
const ORDER: [InternshipState; 5] = [
    InternshipState::Offered,
    InternshipState::Active,
    InternshipState::Declined,
    InternshipState::Withdrawn,
    InternshipState::Ended,
];

/// The people, and what stands in the way of taking on more.
type Reading = Read<Result<(Vec<RosterEntry>, Option<String>), ApiError>>;

async fn read() -> Result<(Vec<RosterEntry>, Option<String>), ApiError> {
    let closed = certification::api::summary().await?.in_the_way().map(ToOwned::to_owned);
    Ok((api::roster().await?, closed))
}

/// Taking an offer back: the question, the waiting, and what became of it.
#[derive(Clone, Copy)]
struct TakingBack {
    roster: Reading,
    person: RwSignal<Option<RosterEntry>>,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
    outcome: RwSignal<Option<(Tone, String)>>,
}

/// `/host/people`.
#[component]
pub fn RosterPage() -> impl IntoView {
    let roster = crate::api::read(|| (), |()| read());
    let taking_back = TakingBack {
        roster,
        person: RwSignal::new(None),
        open: RwSignal::new(false),
        busy: RwSignal::new(false),
        outcome: RwSignal::new(None),
    };
    let outcome = move || {
        taking_back.outcome.get().map(|(tone, words)| {
            let icon = if tone == Tone::Ok { LuCircleCheck } else { LuCircleAlert };
            view! { <Banner tone icon title=words/> }
        })
    };
    view! {
        <Title text="见习人员"/>
        <HostFrame current="/host/people">
            <div role="status">{outcome}</div>
            <Transition fallback=host::waiting>
                {move || Suspend::new(async move {
                    match roster.await {
                        Ok((people, closed)) => people_by_state(people, closed, taking_back),
                        Err(error) => host::failed("见习人员", &error),
                    }
                })}
            </Transition>
            <TakeBack taking_back/>
        </HostFrame>
    }
}

fn people_by_state(people: Vec<RosterEntry>, closed: Option<String>, taking_back: TakingBack) -> AnyView {
    let count = |state| people.iter().filter(|person| person.state == state).count();
    let sub = format!(
        "{} 人见习中 · {} 人等本人确认",
        count(InternshipState::Active),
        count(InternshipState::Offered)
    );
    let (nobody, open) = (people.is_empty(), closed.is_none());
    let groups = ORDER
        .into_iter()
        .filter_map(|state| {
            let of_state: Vec<_> = people.iter().filter(|person| person.state == state).cloned().collect();
            (!of_state.is_empty()).then(|| group(state, of_state, taking_back))
        })
        .collect_view();
    view! {
        <PageHead title="见习人员" sub>
            {open.then(|| view! {
                <a class="btn s" href="/host/people/new"><Icon icon=LuUserRoundPlus/>"录入见习人员"</a>
            }.erased())}
        </PageHead>
        {match closed {
            Some(why) => Some(certification::closed("单位还不能接收见习人员", why)),
            None => nobody.then(no_one),
        }}
        {groups}
    }
    .erased()
}

fn no_one() -> AnyView {
    view! {
        <section class="card">
            <EmptyState icon=LuUserRoundPlus title="还没有见习人员">
                <p>"和谁谈好了见习，就在这里录入。本人在手机上确认后，就能签到了。"</p>
                <a class="btn" href="/host/people/new">"录入第一位"</a>
            </EmptyState>
        </section>
    }
    .erased()
}

const fn tone(state: InternshipState) -> Tone {
    match state {
        InternshipState::Offered => Tone::Warn,
        InternshipState::Active => Tone::Ok,
        InternshipState::Declined => Tone::Bad,
        InternshipState::Withdrawn | InternshipState::Ended => Tone::Plain,
    }
}

fn group(state: InternshipState, people: Vec<RosterEntry>, taking_back: TakingBack) -> AnyView {
    let title = format!("{} · {} 人", state.label(), people.len());
    let label = title.clone();
    let last_head = match state {
        InternshipState::Offered => "操作",
        InternshipState::Declined => "原因",
        InternshipState::Active | InternshipState::Withdrawn | InternshipState::Ended => "状态",
    };
    let rows = people.into_iter().map(|person| row(person, taking_back)).collect_view();
    view! {
        <section class="card stack roster">
            <h2>{title}</h2>
            {(state == InternshipState::Offered).then(|| view! {
                <Banner tone=Tone::Info icon=LuInfo title="对方还没确认">
                    <span>"请核对姓名和手机号，并请本人用这个手机号注册。写错了就撤回，重新录入。"</span>
                </Banner>
            })}
            <DataTable label>
                {heads(&["姓名", "岗位和地点", "期限", "生活费", last_head])}
                <tbody role="rowgroup">{rows}</tbody>
            </DataTable>
        </section>
    }
    .erased()
}

/// `2026年11月16日`: an internship often runs into another year.
fn in_full(day: Day) -> String {
    format!("{}年{}", day.year(), month_day_label(day))
}

fn row(person: RosterEntry, taking_back: TakingBack) -> impl IntoView {
    let months = whole_months(person.starts_on, person.ends_on);
    let dates = format!("{} 至 {}", in_full(person.starts_on), in_full(person.ends_on));
    let sites = person.sites.join("、");
    let last = match person.state {
        InternshipState::Offered => {
            let label = ["撤回给 ", &person.name, " 的邀请"].concat();
            let asked = person.clone();
            view! {
                <button type="button" class="btn s line" aria-label=label on:click=move |_| taking_back.ask(asked.clone())>
                    "撤回"
                </button>
            }
            .erased()
        }
        InternshipState::Declined => {
            let reason = person.decline_reason.clone().unwrap_or_else(|| "没有写原因".to_owned());
            view! { <span>{reason}</span> }.erased()
        }
        state @ (InternshipState::Active | InternshipState::Withdrawn | InternshipState::Ended) => {
            view! { <Chip tone=tone(state)>{state.label()}</Chip> }.erased()
        }
    };
    let last_class = if person.state == InternshipState::Declined {
        "full"
    } else {
        "sum"
    };
    view! {
        <tr role="row">
            <th class="who" role="rowheader" scope="row">
                <div class="row">
                    <Avatar name=person.name.clone()/>
                    <div class="grow">
                        <div class="name">{person.name}</div>
                        <div class="small muted num">{person.phone}</div>
                    </div>
                </div>
            </th>
            <td class="full" role="cell">
                {person.post}
                <div class="small muted">{sites}</div>
            </td>
            <td class="full num" role="cell">
                {dates}
                <div class="small muted">{months}" 个月"</div>
            </td>
            <td class="full num" role="cell">{person.allowance.to_string()}" / 月"</td>
            <td class=last_class role="cell">{last}</td>
        </tr>
    }
}

impl TakingBack {
    fn ask(self, person: RosterEntry) {
        self.person.set(Some(person));
        self.open.set(true);
    }

    fn take_back(self) {
        let Some(person) = self.person.get_untracked() else {
            return;
        };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.outcome.set(None);
        spawn_local(async move {
            let answer = api::withdraw(person.id, person.version).await;
            self.busy.try_set(false);
            self.open.try_set(false);
            let words = match answer {
                Ok(()) => (
                    Tone::Ok,
                    ["已撤回给 ", &person.name, " 的邀请，本人不能再确认。"].concat(),
                ),
                Err(ApiError::SignIn) => return host::leave_for_sign_in(),
                Err(error) => (Tone::Bad, error.message()),
            };
            self.outcome.try_set(Some(words));
            self.roster.refetch();
        });
    }
}

/// Asks with the name of the person.
#[component]
fn TakeBack(taking_back: TakingBack) -> impl IntoView {
    let about = move |words: fn(&RosterEntry) -> String| taking_back.person.with(|person| person.as_ref().map(words));
    let busy = move || taking_back.busy.get().then_some("true");
    view! {
        <Sheet title="撤回邀请" open=taking_back.open>
            <p>{move || about(|person| format!("撤回给 {} 的邀请？", person.name))}</p>
            <p class="small muted">
                {move || about(|person| format!("{} · {} 起 · {}。撤回以后本人不能再确认，需要时可以重新录入。", person.post, in_full(person.starts_on), person.phone))}
            </p>
            <div class="row wrap">
                <button type="button" class="btn bad" aria-busy=busy aria-disabled=busy on:click=move |_| taking_back.take_back()>
                    {move || about(|person| format!("撤回给 {} 的邀请", person.name))}
                </button>
                <button type="button" class="btn line" on:click=move |_| taking_back.open.set(false)>"先不撤回"</button>
            </div>
        </Sheet>
    }
}
