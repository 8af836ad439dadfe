//! `/account`: who I am, my password, how the screens look, leaving. For every staff role.

use super::session::use_viewer;
use super::settings::{DisplayCard, PasswordCard, PasswordStart, SignOutCard, password_start};
use crate::feature::notice::push::PushCard;
use crate::ui::Erased;
use crate::ui::{Avatar, HostFrame, PageHead, StaffFrame};
use domain::account::{Role, Viewer};
use leptos::prelude::*;
use leptos_meta::Title;

/// `/account`
#[component]
pub fn AccountPage() -> impl IntoView {
    let viewer = use_viewer();
    let password = password_start();
    view! {
        <Title text="我的账号" />
        <Suspense>
            {move || Suspend::new(async move { viewer.await.ok().flatten().map(|viewer| account(viewer, password)) })}
        </Suspense>
    }
    .erased()
}

fn account(viewer: Viewer, password: PasswordStart) -> AnyView {
    let is_operator = viewer.role == Role::Operator;
    let cards = move || {
        view! {
            <PageHead title="我的账号" />
            <div class="split even">
                <div class="stack">
                    {who(viewer)}
                    <PushCard />
                    <DisplayCard />
                    <SignOutCard />
                </div>
                <PasswordCard start=password />
            </div>
        }
        .erased()
    };
    if is_operator {
        view! { <HostFrame current="/account">{cards()}</HostFrame> }.erased()
    } else {
        view! { <StaffFrame current="/account">{cards()}</StaffFrame> }.erased()
    }
}

fn who(viewer: Viewer) -> AnyView {
    view! {
        <section class="card stack" aria-label="我是谁">
            <div class="me">
                <Avatar name=viewer.name.clone() large=true />
                <div class="grow">
                    <b>{viewer.name}</b>
                    <div class="small muted">{viewer.role.label()}</div>
                </div>
            </div>
            <dl class="facts">
                {viewer.organisation.map(|organisation| view! { <dt>"单位"</dt><dd>{organisation}</dd> })}
                <dt>"登录账号"</dt>
                <dd>{viewer.login}</dd>
            </dl>
        </section>
    }
    .erased()
}
