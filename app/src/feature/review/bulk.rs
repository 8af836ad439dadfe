//! Approving several cases at once, where nothing but a yes is needed: every automatic check passed and no record is asked
//! for. The server judges each by itself and says what became of it.

use super::api;
use super::queue::Outcome;
use crate::api::ApiError;
use crate::feature::host;
use crate::ui::{Erased, Sheet, Tone, attr};
use domain::CaseId;
use domain::review::QueueRow;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The ticked cases with name and row version.
#[derive(Clone, Copy)]
pub(super) struct Bulk(RwSignal<Vec<(CaseId, i64, String)>>);

impl Bulk {
    pub(super) fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// Unticks everything: another page is shown.
    pub(super) fn forget(self) {
        self.0.try_set(Vec::new());
    }

    /// The box of a line.
    pub(super) fn tick(self, row: &QueueRow) -> AnyView {
        let (id, version, name) = (row.id, row.version, row.subject.clone());
        let label = format!("选择{}", row.subject);
        let ticked = move || self.0.with(|all| all.iter().any(|(known, ..)| *known == id));
        view! {
            <input type="checkbox" class="tick" {..attr("aria-label", label)} prop:checked=ticked
                on:change=move |event| {
                    let on = event_target_checked(&event);
                    self.0.update(|all| {
                        all.retain(|(known, ..)| *known != id);
                        if on {
                            all.push((id, version, name.clone()));
                        }
                    });
                }/>
        }
        .erased()
    }
}

/// The button for what is ticked, and the question before it is done.
#[component]
pub(super) fn BulkBar(bulk: Bulk, outcome: Outcome, again: Callback<()>) -> impl IntoView {
    let asking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let count = move || bulk.0.with(Vec::len);
    let approve = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let chosen = bulk.0.get_untracked();
        spawn_local(async move {
            let cases = chosen.iter().map(|(id, version, _)| (*id, *version)).collect();
            let answer = api::approve_many(cases).await;
            busy.try_set(false);
            asking.try_set(false);
            let said = match answer {
                Ok(outcomes) => {
                    let refused: Vec<String> = outcomes
                        .iter()
                        .filter_map(|one| {
                            let name = chosen
                                .iter()
                                .find(|(id, ..)| *id == one.id)
                                .map(|(.., name)| name.as_str());
                            one.refused
                                .as_ref()
                                .map(|why| format!("{}：{why}", name.unwrap_or_default()))
                        })
                        .collect();
                    let passed = outcomes.len() - refused.len();
                    if refused.is_empty() {
                        (Tone::Ok, format!("已通过 {passed} 件。"))
                    } else {
                        (
                            Tone::Warn,
                            format!(
                                "已通过 {passed} 件，{} 件没有通过：{}",
                                refused.len(),
                                refused.join("；")
                            ),
                        )
                    }
                }
                Err(ApiError::SignIn) => return host::leave_for_sign_in(),
                Err(error) => (Tone::Bad, error.message()),
            };
            outcome.try_set(Some(said));
            bulk.forget();
            again.run(());
        });
    };
    view! {
        {move || (count() > 0).then(|| view! {
            <div class="save-bar bulk-bar">
                <span class="grow">{format!("已选 {} 件", count())}</span>
                <button type="button" class="btn s" on:click=move |_| asking.set(true)>"批量通过"</button>
                <button type="button" class="btn line s" on:click=move |_| bulk.forget()>"取消选择"</button>
            </div>
        }.erased())}
        <Sheet title="批量通过" open=asking>
            <p>{move || format!("通过选中的 {} 件事项？通过后会通知对方，不能随意撤销。", count())}</p>
            <ul class="list">
                {move || bulk.0.with(|all| all.iter().map(|(.., name)| view! { <li>{name.clone()}</li> }.erased()).collect_view())}
            </ul>
            <div class="row wrap">
                <button type="button" class="btn" {..attr("aria-busy", move || busy.get().then_some("true"))} on:click=approve>
                    {move || format!("通过 {} 件", count())}
                </button>
                <button type="button" class="btn line" on:click=move |_| asking.set(false)>"先不通过"</button>
            </div>
        </Sheet>
    }
    .erased()
}
