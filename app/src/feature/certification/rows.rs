//! Lists of a form to which people add rows: professions, mentors, staff.

use crate::feature::host::form::Errors;
use crate::ui::{CellField, Erased, Icon, attr};
use domain::FieldErrors;
use icondata_lu::{LuPlus, LuTrash2};
use leptos::prelude::*;

/// One column of a list.
#[derive(Clone, Copy)]
pub(super) struct Column {
    /// Its name within the row.
    pub(super) code: &'static str,
    /// The words above it.
    pub(super) label: &'static str,
    /// The phone's keyboard.
    pub(super) inputmode: Option<&'static str>,
    /// The most characters.
    pub(super) maxlength: u16,
    /// Whether it must be filled in.
    pub(super) required: bool,
}

pub(super) const fn column(code: &'static str, label: &'static str, maxlength: u16) -> Column {
    Column {
        code,
        label,
        inputmode: None,
        maxlength,
        required: true,
    }
}

impl Column {
    pub(super) const fn number(self) -> Self {
        Self {
            inputmode: Some("numeric"),
            ..self
        }
    }

    pub(super) const fn optional(self) -> Self {
        Self {
            required: false,
            ..self
        }
    }
}

/// One row. Its key stays while rows before it go, and names its fields. The cells outlive the view that made them.
#[derive(Clone)]
struct Row {
    key: usize,
    cells: Vec<ArcRwSignal<String>>,
}

/// A list as it is typed.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    field: &'static str,
    columns: &'static [Column],
    list: RwSignal<Vec<Row>>,
    made: StoredValue<usize>,
}

impl Rows {
    /// The list with these rows; one empty row where there is none.
    pub(super) fn new(field: &'static str, columns: &'static [Column], rows: Vec<Vec<String>>) -> Self {
        let list = Self {
            field,
            columns,
            list: RwSignal::new(Vec::new()),
            made: StoredValue::new(0),
        };
        list.fill(rows);
        list
    }

    /// Replaces all rows.
    pub(super) fn fill(self, rows: Vec<Vec<String>>) {
        let rows = if rows.is_empty() { vec![Vec::new()] } else { rows };
        let made = rows.into_iter().map(|cells| self.made_of(cells)).collect();
        self.list.set(made);
    }

    /// What was typed; a row in which nothing was typed is none.
    pub(super) fn texts(self) -> Vec<Vec<String>> {
        self.filled().into_iter().map(|(_, cells)| cells).collect()
    }

    /// Errors by the position of the row become errors by its key, which is what the fields are called.
    pub(super) fn by_key(self, errors: FieldErrors) -> FieldErrors {
        let keys: Vec<usize> = untrack(|| self.filled()).into_iter().map(|(key, _)| key).collect();
        let renamed = errors.0.into_iter().map(|mut error| {
            let mut parts = error.field.split('.');
            let known = (
                parts.next(),
                parts.next().and_then(|at| at.parse::<usize>().ok()),
                parts.next(),
            );
            if let (Some(field), Some(at), Some(cell)) = known
                && field == self.field
                && let Some(key) = keys.get(at)
            {
                error.field = format!("{field}.{key}.{cell}");
            }
            error
        });
        FieldErrors(renamed.collect())
    }

    fn filled(self) -> Vec<(usize, Vec<String>)> {
        self.list
            .get()
            .into_iter()
            .map(|row| (row.key, row.cells.iter().map(ArcRwSignal::get).collect::<Vec<String>>()))
            .filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()))
            .collect()
    }

    fn made_of(self, mut cells: Vec<String>) -> Row {
        let key = self.made.get_value();
        self.made.set_value(key + 1);
        cells.resize(self.columns.len(), String::new());
        Row {
            key,
            cells: cells.into_iter().map(ArcRwSignal::new).collect(),
        }
    }

    fn add(self) {
        let row = self.made_of(Vec::new());
        let first = crate::ui::field_id(&self.name(row.key, self.columns.first().map_or("", |column| column.code)));
        self.list.update(|rows| rows.push(row));
        focus_soon(first);
    }

    fn remove(self, key: usize, errors: Errors) {
        errors.forget_below(&format!("{}.{key}", self.field));
        self.list.update(|rows| rows.retain(|row| row.key != key));
        if self.list.with_untracked(Vec::is_empty) {
            self.fill(Vec::new());
        }
        focus_soon(add_id(self.field));
    }

    fn name(self, key: usize, cell: &str) -> String {
        format!("{}.{key}.{cell}", self.field)
    }
}

/// The rows with a button to add one and one each to remove it.
#[component]
pub(super) fn RowsField(
    /// What the list is about, for screen readers and on its buttons: "专业".
    thing: &'static str,
    /// The rows.
    rows: Rows,
    /// The most rows.
    max: usize,
    /// The errors of the form.
    errors: Errors,
) -> impl IntoView {
    let whole = errors.one(rows.field);
    let full = move || rows.list.with(Vec::len) >= max;
    view! {
        <div class="stack" id=crate::ui::field_id(rows.field) {..attr("tabindex", "-1")}>
            <For each=move || rows.list.get() key=|row| row.key children=move |row| one(row, rows, thing, errors)/>
            {move || whole.get().map(|text| view! { <p class="error">{text}</p> }.erased())}
            <div class="row wrap">
                <button type="button" class="btn s line" id=add_id(rows.field) {..attr("aria-disabled", move || full().then_some("true"))}
                    on:click=move |_| if !untrack(full) { rows.add() }>
                    <Icon icon=LuPlus/>"再加一行"{thing}
                </button>
                {move || full().then(|| view! { <span class="hint">"最多 "{max}" 行"</span> }.erased())}
            </div>
        </div>
    }
    .erased()
}

fn one(row: Row, rows: Rows, thing: &'static str, errors: Errors) -> AnyView {
    let key = row.key;
    let cells = rows
        .columns
        .iter()
        .zip(row.cells)
        .map(|(column, value)| {
            let name = rows.name(key, column.code);
            let value = RwSignal::from(value);
            let error = errors.beside_cell(name.clone(), value);
            view! {
                <CellField label=column.label name=name value=value error=error inputmode=column.inputmode
                    maxlength=column.maxlength required=column.required/>
            }
        })
        .collect_view();
    let position = move || {
        rows.list
            .with(|list| list.iter().position(|row| row.key == key))
            .unwrap_or_default()
            + 1
    };
    let label = move || format!("删除第 {} 行{thing}", position());
    let class = if rows.columns.len() > 2 { "cells three" } else { "cells" };
    view! {
        <fieldset class=class>
            <legend class="sr">{move || format!("第 {} 行{thing}", position())}</legend>
            {cells}
            <button type="button" class="btn icon" {..attr("aria-label", label)} on:click=move |_| rows.remove(key, errors)><Icon icon=LuTrash2/></button>
        </fieldset>
    }
    .erased()
}

fn add_id(field: &str) -> String {
    ["add-", field].concat()
}

/// Puts the cursor where it belongs once the rows stand.
fn focus_soon(id: String) {
    use leptos::wasm_bindgen::JsCast;
    request_animation_frame(move || {
        if let Some(element) = document()
            .get_element_by_id(&id)
            .and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok())
        {
            let _ = element.focus();
        }
    });
}
