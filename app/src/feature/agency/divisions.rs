//! A province's divisions with a first or last day (撤县设区): which ones, adding one, ending one.

use super::api;
use super::page::Screen;
use crate::api::ApiError;
use crate::feature::host;
use crate::feature::host::form::Errors;
use crate::ui::Erased;
use crate::ui::{Choice, DateField, ErrorSummary, SelectField, SubmitButton, TextField, Tone};
use domain::agency::{AgencyBoard, DatedDivision};
use domain::division::{DivisionEnd, DivisionForm};
use domain::value::full_day_label;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub(super) fn Divisions(board: AgencyBoard, screen: Screen) -> impl IntoView {
    let province = StoredValue::new(board.province.clone().unwrap_or_default());
    let today = board.today.to_string();
    let choices: Vec<Choice> = board
        .divisions
        .iter()
        .filter(|one| !one.code.ends_with("0000"))
        .map(|one| Choice::new(one.code.clone(), one.name.clone()))
        .collect();
    let dated = board.dated.iter().map(line).collect_view();
    view! {
        <section class="card stack" aria-labelledby="divisions-title">
            <h2 id="divisions-title">"区划调整"</h2>
            <p class="small muted">
                "撤县设区等调整从哪天起算。新登记的地址只能选当天有效的区划；已经登记的和身份证上的旧代码继续有效。"
            </p>
            {(!board.dated.is_empty()).then(|| view! { <ul class="list">{dated}</ul> })}
            <details>
                <summary class="link">"新增一个市或县"</summary>
                <Adding province today=today.clone() screen/>
            </details>
            <details>
                <summary class="link">"结束一个市或县"</summary>
                <Ending province choices today screen/>
            </details>
        </section>
    }
    .erased()
}

fn line(division: &DatedDivision) -> impl IntoView + use<> {
    let from = division.from.map(|day| format!("{}起", full_day_label(day)));
    let until = division.until.map(|day| format!("用到{}", full_day_label(day)));
    let days: Vec<String> = [from, until].into_iter().flatten().collect();
    view! {
        <li>
            <div class="name">{division.name.clone()}</div>
            <div class="small muted num">{division.code.clone()}" · "{days.join("，")}</div>
        </li>
    }
}

/// What both forms do with the answer.
fn finish(answer: Result<(), ApiError>, words: String, errors: Errors, screen: Screen) {
    match answer {
        Ok(()) => {
            screen.outcome.try_set(Some((Tone::Ok, words)));
            screen.board.refetch();
        }
        Err(ApiError::SignIn) => host::leave_for_sign_in(),
        Err(ApiError::Invalid { errors: wrong }) => errors.set(wrong),
        Err(error) => errors.set_general(error.message()),
    }
}

#[component]
fn Adding(province: StoredValue<String>, today: String, screen: Screen) -> impl IntoView {
    let (code, name, from) = (
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(today),
    );
    let errors = Errors::new();
    let busy = RwSignal::new(false);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let form = DivisionForm {
            code: code.get_untracked(),
            name: name.get_untracked(),
            from: from.get_untracked(),
        };
        let new = match province.with_value(|province| form.check(province)) {
            Ok(new) => new,
            Err(wrong) => return errors.set(wrong),
        };
        errors.clear();
        busy.set(true);
        spawn_local(async move {
            let answer = api::add_division(form).await;
            busy.try_set(false);
            let words = format!("已新增 {}，从{}起可选。", new.name, full_day_label(new.from));
            finish(answer, words, errors, screen);
        });
    };
    view! {
        <form class="form" novalidate=true aria-label="新增区划" on:submit=send>
            <ErrorSummary errors=errors.all()/>
            <TextField label="区划代码" name="code" value=code error=errors.beside("code", code) inputmode="numeric"
                autocomplete="off" maxlength=6 hint="民政部公布的六位代码，市以 00 结尾"/>
            <TextField label="区划名称" name="division_name" value=name error=errors.beside("division_name", name)
                autocomplete="off" maxlength=30/>
            <DateField label="从哪天起" name="from" value=from error=errors.beside("from", from)/>
            <SubmitButton label="新增区划" busy_label="正在保存…" busy/>
        </form>
    }
    .erased()
}

#[component]
fn Ending(province: StoredValue<String>, choices: Vec<Choice>, today: String, screen: Screen) -> impl IntoView {
    let (code, until) = (RwSignal::new(String::new()), RwSignal::new(today));
    let errors = Errors::new();
    let busy = RwSignal::new(false);
    let listed = StoredValue::new(choices.clone());
    let name = move || {
        let code = code.get();
        listed.with_value(|all| all.iter().find(|one| one.value == code).map(|one| one.label.clone()))
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let form = DivisionEnd {
            code: code.get_untracked(),
            until: until.get_untracked(),
        };
        let (_, last) = match province.with_value(|province| form.check(province)) {
            Ok(checked) => checked,
            Err(wrong) => return errors.set(wrong),
        };
        let ended = untrack(name).unwrap_or_default();
        errors.clear();
        busy.set(true);
        spawn_local(async move {
            let answer = api::end_division(form).await;
            busy.try_set(false);
            let words = format!("{ended} 用到{}为止。", full_day_label(last));
            finish(answer, words, errors, screen);
        });
    };
    view! {
        <form class="form" novalidate=true aria-label="结束区划" on:submit=send>
            <ErrorSummary errors=errors.all()/>
            <SelectField label="哪个市或县" name="ended" value=code error=errors.beside("ended", code) options=Signal::stored(choices)/>
            <DateField label="用到哪天" name="until" value=until error=errors.beside("until", until)
                hint="这一天还能选，第二天起不能再选"/>
            {move || name().map(|name| view! {
                <p class="small">{format!("保存后，新登记的地址不能再选“{name}”，已经登记的不变。这一步不能撤回。")}</p>
            })}
            <SubmitButton label="结束这个区划" busy_label="正在保存…" busy class="btn bad wide"/>
        </form>
    }
    .erased()
}
