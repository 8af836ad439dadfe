//! The form of an agency. It asks the domain the same questions as the server; what was typed stays when somebody else was
//! quicker.

use super::api;
use super::page::{Editing, Screen};
use crate::api::ApiError;
use crate::feature::host;
use crate::feature::host::form::Errors;
use crate::ui::Erased;
use crate::ui::{Banner, Choice, ErrorSummary, RadioCards, SelectField, SubmitButton, TextField, Tone};
use domain::AgencyId;
use domain::agency::{AgencyForm, AgencyLevel, Directory};
use domain::division::{Division, is_county_code};
use icondata_lu::LuTriangleAlert;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

/// The form as it is typed.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    level: RwSignal<String>,
    division: RwSignal<String>,
    parent: RwSignal<String>,
    areas: RwSignal<Vec<String>>,
}

impl Draft {
    fn new(form: AgencyForm) -> Self {
        Self {
            name: RwSignal::new(form.name),
            level: RwSignal::new(form.level),
            division: RwSignal::new(form.division),
            parent: RwSignal::new(form.parent),
            areas: RwSignal::new(form.areas),
        }
    }

    fn form(self) -> AgencyForm {
        AgencyForm {
            name: self.name.get_untracked(),
            level: self.level.get_untracked(),
            division: self.division.get_untracked(),
            parent: self.parent.get_untracked(),
            areas: self.areas.get_untracked(),
        }
    }
}

#[component]
pub(super) fn Fields(screen: Screen, editing: Editing) -> impl IntoView {
    let board = editing.board;
    let directory = Directory::new(board.entries.iter().map(|entry| entry.agency.clone()).collect());
    let (id, form, title) = match &editing.entry {
        None => {
            let form = AgencyForm {
                parent: board.own.to_string(),
                level: AgencyLevel::County.code().to_owned(),
                ..AgencyForm::default()
            };
            (None, form, "新增机构".to_owned())
        }
        Some(entry) => {
            let form = AgencyForm::of(&entry.agency, &directory);
            (Some(entry.agency.id), form, format!("修改 {}", entry.agency.name))
        }
    };
    let version = RwSignal::new(editing.entry.as_ref().map_or(0, |entry| entry.version));
    let draft = Draft::new(form);
    let errors = Errors::new();
    let busy = RwSignal::new(false);
    let changed = RwSignal::new(None::<String>);
    let (own, ground) = (board.own, StoredValue::new((directory, board.divisions.clone())));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let form = draft.form();
        // A new agency has no id yet: one that no agency has.
        let asked = id.unwrap_or_else(|| AgencyId::new(Uuid::nil()));
        if let Err(wrong) = ground.with_value(|(directory, _)| form.check(directory, own, asked)) {
            errors.set(wrong);
            return;
        }
        errors.clear();
        changed.set(None);
        busy.set(true);
        spawn_local(save(screen, id, version, form, errors, busy, changed));
    };
    let parents: Vec<Choice> = board
        .entries
        .iter()
        .map(|entry| {
            let label = format!("{}{}", "　".repeat(entry.depth.into()), entry.agency.name);
            Choice::new(entry.agency.id.to_string(), label)
        })
        .collect();
    let levels = AgencyLevel::ALL
        .map(|level| Choice::new(level.code(), level.label()))
        .into();
    let divisions = Signal::derive(move || {
        let level = draft.level.get();
        let chosen = draft.division.get_untracked();
        ground.with_value(|(_, divisions)| of_level(divisions, &level, &chosen))
    });
    view! {
        <form class="card form" novalidate=true aria-labelledby="fields-title" on:submit=send>
            <h2 id="fields-title">{title}</h2>
            {move || changed.get().map(|stands| view! {
                <Banner tone=Tone::Bad icon=LuTriangleAlert title="还没有保存：刚刚有人改过这个机构">
                    <span>{stands}"您填的内容还在下面，确认无误后再保存一次。"</span>
                </Banner>
            })}
            <ErrorSummary errors=errors.all()/>
            <TextField label="机构全称" name="name" value=draft.name error=errors.beside("name", draft.name)
                autocomplete="off" maxlength=100/>
            <RadioCards label="级别" name="level" value=draft.level error=errors.beside("level", draft.level) options=levels pills=true/>
            {(id != Some(own)).then(|| view! {
                <SelectField label="上级机构" name="parent" value=draft.parent error=errors.beside("parent", draft.parent)
                    options=Signal::stored(parents)/>
            })}
            <SelectField label="负责的区划" name="division" value=draft.division error=errors.beside("division", draft.division)
                options=divisions required=false placeholder="没有自己的区划（功能区）"
                hint="同一级里一个区划只归一个机构。功能区不选，在下面写代管的区划"/>
            <Areas draft errors ground/>
            <div class="actions">
                <SubmitButton label="保存" busy_label="正在保存…" busy class="btn"/>
                <button type="button" class="btn line" on:click=move |_| screen.editing.set(None)>"不改了"</button>
            </div>
        </form>
    }
    .erased()
}

/// Divisions beside the own one: chips that can be taken away, and a list to add from.
#[component]
fn Areas(draft: Draft, errors: Errors, ground: StoredValue<(Directory, Vec<Division>)>) -> impl IntoView {
    let adding = RwSignal::new(String::new());
    Effect::new(move || {
        let code = adding.get();
        if !code.is_empty() {
            draft.areas.update(|areas| {
                if !areas.contains(&code) {
                    areas.push(code);
                }
            });
            adding.set(String::new());
        }
    });
    let name = move |code: &str| {
        ground.with_value(|(_, divisions)| {
            divisions
                .iter()
                .find(|one| one.code == code)
                .map_or_else(|| code.to_owned(), |one| one.name.clone())
        })
    };
    let options = ground.with_value(|(_, divisions)| {
        divisions
            .iter()
            .filter(|one| !one.code.ends_with("0000"))
            .map(choice)
            .collect::<Vec<_>>()
    });
    let chips = move || {
        let chips = draft.areas.get().into_iter().map(|code| {
            let name = name(&code);
            let label = format!("去掉 {name}");
            view! {
                <button type="button" class="btn s line" aria-label=label
                    on:click=move |_| draft.areas.update(|areas| areas.retain(|area| *area != code))>
                    {name}" ×"
                </button>
            }
        });
        chips.collect_view()
    };
    view! {
        <SelectField label="另外代管的区划" name="areas" value=adding error=errors.beside("areas", adding)
            options=Signal::stored(options) required=false placeholder="选一个加进来"/>
        <div class="tags">{chips}</div>
    }
    .erased()
}

async fn save(
    screen: Screen,
    id: Option<AgencyId>,
    version: RwSignal<i64>,
    form: AgencyForm,
    errors: Errors,
    busy: RwSignal<bool>,
    changed: RwSignal<Option<String>>,
) {
    let name = form.name.trim().to_owned();
    let answer = match id {
        None => api::add(form).await.map(|_| ()),
        Some(id) => api::change(id, version.get_untracked(), form).await,
    };
    match answer {
        Ok(()) => {
            screen.outcome.try_set(Some((Tone::Ok, format!("已保存 {name}。"))));
            screen.editing.try_set(None);
            screen.board.refetch();
        }
        Err(ApiError::SignIn) => host::leave_for_sign_in(),
        Err(ApiError::Invalid { errors: wrong }) => errors.set(wrong),
        Err(ApiError::Conflict { .. }) => {
            // The next save speaks about the row as it stands now.
            let now = api::board().await.ok();
            let now = now.and_then(|board| board.entries.into_iter().find(|entry| Some(entry.agency.id) == id));
            let stands = now.map_or_else(
                || "它现在可能已经关闭，请刷新页面看看。".to_owned(),
                |now| {
                    version.try_set(now.version);
                    let level = now.agency.level.label();
                    format!("现在保存的是“{}”，{level}，{}。", now.agency.name, now.place)
                },
            );
            changed.try_set(Some(stands));
        }
        Err(error) => errors.set_general(error.message()),
    }
    busy.try_set(false);
}

/// The divisions of a level; what was chosen before stays in the list even after it ended.
fn of_level(divisions: &[Division], level: &str, chosen: &str) -> Vec<Choice> {
    let fits = |code: &str| match AgencyLevel::from_code(level) {
        Some(AgencyLevel::Province) => code.ends_with("0000"),
        Some(AgencyLevel::City) => code.ends_with("00") && !code.ends_with("0000"),
        Some(AgencyLevel::County) => is_county_code(code),
        None => false,
    };
    let mut choices: Vec<Choice> = divisions.iter().filter(|one| fits(&one.code)).map(choice).collect();
    if !chosen.is_empty() && fits(chosen) && !choices.iter().any(|one| one.value == chosen) {
        choices.push(Choice::new(chosen, format!("{chosen}（已不在用）")));
    }
    choices
}

fn choice(division: &Division) -> Choice {
    Choice::new(division.code.clone(), division.name.clone())
}
