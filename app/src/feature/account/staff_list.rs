//! `/accounts`: the accounts of the own agency and below and of their hosts. New secrets are shown once.

use super::staff_api as api;
use crate::api::{ApiError, Read, with_query};
use crate::feature::agency::views;
use crate::feature::host;
use crate::feature::host::form::Errors;
use crate::ui::Erased;
use crate::ui::{
    Banner, Chip, Choice, DataTable, EmptyState, ErrorSummary, PageHead, RadioCards, Segmented, SelectField, Sheet,
    StaffFrame, SubmitButton, TextField, Tone, heads,
};
use domain::AgencyId;
use domain::account::{Role, StaffEntry, StaffForm, StaffPage, StaffSecret};
use domain::value::full_day_label;
use icondata_lu::{LuCircleAlert, LuCircleCheck, LuKeyRound, LuUsersRound};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// What is asked before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Disable,
    Enable,
    Reset,
}

impl Act {
    const fn label(self) -> &'static str {
        match self {
            Self::Disable => "停用",
            Self::Enable => "启用",
            Self::Reset => "重置",
        }
    }

    const fn means(self) -> &'static str {
        match self {
            Self::Disable => "停用后这个人立即退出所有设备，不能再登录；以后可以再启用。",
            Self::Enable => "启用后这个人可以用原来的密码和验证器登录。",
            Self::Reset => "会生成新的密码和验证器密钥，旧的马上失效，已登录的设备也会退出。新的只显示一次。",
        }
    }
}

/// What the parts of the screen share.
#[derive(Clone, Copy)]
struct Screen {
    page: Read<Result<StaffPage, ApiError>>,
    asked: RwSignal<Option<(Act, StaffEntry)>>,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
    outcome: RwSignal<Option<(Tone, String)>>,
    secret: RwSignal<Option<StaffSecret>>,
}

/// `/accounts`.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| ["text", "by_role", "before"].map(|name| query.get(name).unwrap_or_default()))
    });
    let screen = Screen {
        page: crate::api::read(
            move || asked.get(),
            |[text, role, before]| api::list(text, role, before),
        ),
        asked: RwSignal::new(None),
        open: RwSignal::new(false),
        busy: RwSignal::new(false),
        outcome: RwSignal::new(None),
        secret: RwSignal::new(None),
    };
    let outcome = move || {
        screen.outcome.get().map(|(tone, words)| {
            let icon = if tone == Tone::Ok { LuCircleCheck } else { LuCircleAlert };
            view! { <Banner tone icon title=words/> }
        })
    };
    view! {
        <Title text="账号"/>
        <StaffFrame current="/agencies">
            <PageHead title="账号与机构" sub="本机构和下级机构的工作人员，以及由它们认证的单位的人员">
                <Segmented label="账号与机构" segments=Signal::derive(|| views(true))/>
            </PageHead>
            <div role="status">{outcome}</div>
            {move || screen.secret.get().map(|secret| shown_once(secret, screen))}
            {move || filter(asked.get())}
            <Transition fallback=host::waiting>
                {move || Suspend::new(async move {
                    match screen.page.await {
                        Ok(page) => list(page, asked.get_untracked(), screen),
                        Err(error) => host::failed("账号", &error),
                    }
                })}
            </Transition>
            <Transition>
                {move || Suspend::new(async move {
                    screen.page.await.ok().map(|page| view! { <NewAccount agencies=page.agencies screen/> })
                })}
            </Transition>
            <Question screen/>
        </StaffFrame>
    }
    .erased()
}

/// A plain form whose fields become the address, so that a list can be kept and shared.
fn filter([text, role, _]: [String; 3]) -> AnyView {
    let (text, role) = (RwSignal::new(text), RwSignal::new(role));
    let roles: Vec<Choice> = Role::STAFF.map(|role| Choice::new(role.code(), role.label())).into();
    view! {
        <form class="card filter" method="get" action="/accounts" role="search" aria-label="查找账号">
            <TextField label="姓名、账号、机构或单位" name="text" value=text required=false autocomplete="off" maxlength=64/>
            <SelectField label="角色" name="by_role" value=role options=Signal::stored(roles) required=false placeholder="全部角色"/>
            <div class="actions"><button type="submit" class="btn">"查找"</button></div>
        </form>
    }
    .erased()
}

fn list(page: StaffPage, [text, role, before]: [String; 3], screen: Screen) -> AnyView {
    if page.entries.is_empty() {
        return view! {
            <section class="card">
                <EmptyState icon=LuUsersRound title="没有找到账号">
                    <p>"换一个词查找，或在下面开通一个新账号。"</p>
                    <a class="btn line" href="/accounts">"看全部账号"</a>
                </EmptyState>
            </section>
        }
        .erased();
    }
    let more = page.next.map(|next| {
        let next = next.to_string();
        let pairs = [("text", text.as_str()), ("by_role", &role), ("before", &next)];
        let href = with_query("/accounts", pairs.into_iter());
        view! { <a class="btn line" href=href>"更早开通的账号"</a> }
    });
    let newest = (!before.is_empty()).then(|| view! { <a class="btn line" href="/accounts">"回到最新的账号"</a> });
    let rows = page.entries.into_iter().map(|entry| row(entry, screen)).collect_view();
    view! {
        <section class="card stack roster staff">
            <h2>"账号"</h2>
            <DataTable label="账号">
                {heads(&["姓名", "角色", "机构或单位", "最近登录", "操作"])}
                <tbody role="rowgroup">{rows}</tbody>
            </DataTable>
            <div class="row wrap">{newest}{more}</div>
        </section>
    }
    .erased()
}

fn row(entry: StaffEntry, screen: Screen) -> impl IntoView {
    let seen = entry.signed_in_at.map_or_else(
        || "还没有登录过".to_owned(),
        |at| format!("{} {}", full_day_label(at.day()), at.clock()),
    );
    let button = |act: Act| {
        let label = [act.label(), " ", &entry.name].concat();
        let entry = entry.clone();
        view! {
            <button type="button" class="btn s line" aria-label=label on:click=move |_| {
                screen.asked.set(Some((act, entry.clone())));
                screen.open.set(true);
            }>{act.label()}</button>
        }
        .erased()
    };
    let acts = match (entry.own, entry.disabled) {
        (true, _) => view! { <span class="small muted">"本人"</span> }.erased(),
        (false, true) => button(Act::Enable),
        (false, false) => view! { <div class="row tight">{button(Act::Reset)}{button(Act::Disable)}</div> }.erased(),
    };
    view! {
        <tr role="row">
            <th class="who" role="rowheader" scope="row">
                <div class="name">{entry.name.clone()}</div>
                <div class="small muted">{entry.login.clone()}</div>
            </th>
            <td class="full" role="cell">
                <div class="row wrap tight">
                    {entry.role.label()}
                    {entry.disabled.then(|| view! { <Chip tone=Tone::Bad>"已停用"</Chip> })}
                </div>
            </td>
            <td class="full" role="cell">{entry.organisation.clone()}</td>
            <td class="full num" role="cell">{seen}</td>
            <td class="sum" role="cell">{acts}</td>
        </tr>
    }
}

/// The new password and second factor; gone when the page is left.
fn shown_once(secret: StaffSecret, screen: Screen) -> AnyView {
    view! {
        <section class="card stack" aria-labelledby="secret-title">
            <Banner tone=Tone::Warn icon=LuKeyRound title="只显示这一次">
                <span>"请当面或分两条渠道交给本人，不要截图保存。关掉以后再也看不到，丢了只能重置。"</span>
            </Banner>
            <h2 id="secret-title">{format!("{} 的登录信息", secret.name)}</h2>
            <div class="handover">
                <div role="img" aria-label="验证器二维码，请本人用手机验证器扫描" inner_html=secret.qr></div>
                <dl class="facts">
                    <dt>"登录账号"</dt><dd><code class="secret">{secret.login}</code></dd>
                    <dt>"密码"</dt><dd><code class="secret">{secret.password}</code></dd>
                    <dt>"验证器密钥"</dt><dd><code class="secret">{secret.secret}</code></dd>
                    <dt>"怎么用"</dt><dd>"在手机验证器里扫这个码，或输入上面的密钥；登录时填账号、密码和 6 位数字。"</dd>
                </dl>
            </div>
            <button type="button" class="btn line" on:click=move |_| {
                screen.secret.set(None);
                screen.outcome.set(None);
            }>"已交给本人，关掉"</button>
        </section>
    }
    .erased()
}

impl Screen {
    fn act(self) {
        let Some((act, entry)) = self.asked.get_untracked() else {
            return;
        };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.outcome.set(None);
        self.secret.set(None);
        spawn_local(async move {
            let answer = match act {
                Act::Disable => api::disable(entry.id, entry.version).await.map(|()| None),
                Act::Enable => api::enable(entry.id, entry.version).await.map(|()| None),
                Act::Reset => api::reset(entry.id, entry.version).await.map(Some),
            };
            self.busy.try_set(false);
            self.open.try_set(false);
            let words = match answer {
                Ok(secret) => {
                    self.secret.try_set(secret);
                    (Tone::Ok, format!("已{} {} 的账号。", act.label(), entry.name))
                }
                Err(ApiError::SignIn) => return host::leave_for_sign_in(),
                Err(error) => (Tone::Bad, error.message()),
            };
            self.outcome.try_set(Some(words));
            self.page.refetch();
        });
    }
}

/// Asks with the name of the person.
#[component]
fn Question(screen: Screen) -> impl IntoView {
    let busy = move || screen.busy.get().then_some("true");
    let content = move || {
        let (act, entry) = screen.asked.get()?;
        let class = if act == Act::Enable { "btn" } else { "btn bad" };
        Some(view! {
            <p>{format!("{} {}（{} · {}）？", act.label(), entry.name, entry.role.label(), entry.organisation)}</p>
            <p class="small muted">{act.means()}</p>
            <div class="row wrap">
                <button type="button" class=class aria-busy=busy aria-disabled=busy on:click=move |_| screen.act()>
                    {format!("确定{} {}", act.label(), entry.name)}
                </button>
                <button type="button" class="btn line" on:click=move |_| screen.open.set(false)>"先不动"</button>
            </div>
        })
    };
    view! { <Sheet title="请核对" open=screen.open>{content}</Sheet> }.erased()
}

/// Opening an account: the role decides whether it belongs to an agency or to a host.
#[component]
fn NewAccount(agencies: Vec<(AgencyId, String)>, screen: Screen) -> impl IntoView {
    let [role, name, login, agency, unit] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let errors = Errors::new();
    let busy = RwSignal::new(false);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let form = StaffForm {
            role: role.get_untracked(),
            name: name.get_untracked(),
            login: login.get_untracked(),
            agency: agency.get_untracked(),
            host: unit.get_untracked(),
        };
        if let Err(wrong) = form.check() {
            errors.set(wrong);
            return;
        }
        errors.clear();
        busy.set(true);
        screen.secret.set(None);
        spawn_local(async move {
            let answer = api::create(form).await;
            busy.try_set(false);
            match answer {
                Ok(secret) => {
                    let words = format!("已开通 {} 的账号，登录信息在下面。", secret.name);
                    screen.outcome.try_set(Some((Tone::Ok, words)));
                    screen.secret.try_set(Some(secret));
                    screen.page.refetch();
                }
                Err(ApiError::SignIn) => host::leave_for_sign_in(),
                Err(ApiError::Invalid { errors: wrong }) => errors.set(wrong),
                Err(error) => errors.set_general(error.message()),
            }
        });
    };
    let roles = Role::STAFF.map(|role| Choice::new(role.code(), role.label())).into();
    let choices: Vec<Choice> = agencies
        .into_iter()
        .map(|(id, name)| Choice::new(id.to_string(), name))
        .collect();
    let choices = StoredValue::new(choices);
    let place = move || {
        let of_host = Role::from_code(&role.get()).is_some_and(Role::is_of_host);
        if of_host {
            view! {
                <TextField label="单位" name="host" value=unit error=errors.beside("host", unit) autocomplete="off" maxlength=100
                    hint="统一社会信用代码或全称；只能是本机构或下级机构认证的单位"/>
            }
            .erased()
        } else {
            view! {
                <SelectField label="机构" name="agency" value=agency error=errors.beside("agency", agency)
                    options=Signal::stored(choices.get_value())/>
            }
            .erased()
        }
    };
    view! {
        <form class="card form" novalidate=true aria-labelledby="new-title" on:submit=send>
            <h2 id="new-title">"开通账号"</h2>
            <ErrorSummary errors=errors.all()/>
            <RadioCards label="角色" name="role" value=role error=errors.beside("role", role) options=roles pills=true/>
            <TextField label="姓名" name="name" value=name error=errors.beside("name", name) autocomplete="off" maxlength=30/>
            <TextField label="登录账号" name="login" value=login error=errors.beside("login", login) autocomplete="off" maxlength=40
                hint="3 到 40 个字母、数字或 . _ - @，不能是手机号"/>
            {place}
            <SubmitButton label="开通账号" busy_label="正在开通…" busy class="btn"/>
        </form>
    }
    .erased()
}
