//! The application as it is typed: one signal a field, kept in this tab until it is saved or sent.

use super::rows::{Column, Rows, column};
use crate::device::kept;
use domain::FieldErrors;
use domain::certification::{CertificationForm, CertificationPage, MentorRow, NeedRow, StaffRow};
use domain::file::{FilePurpose, FileView};
use leptos::prelude::*;

static NEEDS: &[Column] = &[
    column("profession", "专业或岗位类别", 40),
    column("people", "人数", 5).number(),
    column("note", "说明", 100).optional(),
];
static MENTORS: &[Column] = &[
    column("name", "姓名", 30),
    column("title", "职称或职务", 30),
    column("years", "从业年限", 2).number(),
];
static STAFF: &[Column] = &[column("name", "姓名", 30), column("position", "职务", 30)];

/// The form's fields.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) plan: RwSignal<String>,
    pub(super) profile: RwSignal<String>,
    pub(super) insured_employees: RwSignal<String>,
    pub(super) needs: Rows,
    pub(super) mentors: Rows,
    pub(super) staff: Rows,
    pub(super) management_rules: RwSignal<Option<FileView>>,
    pub(super) mentor_list: RwSignal<Option<FileView>>,
    pub(super) staff_papers: RwSignal<Option<FileView>>,
}

impl Draft {
    /// What the server has.
    pub(super) fn new(page: &CertificationPage) -> Self {
        let form = page.form.clone();
        let file = |purpose| page.files.iter().find(|file| file.purpose == purpose).cloned();
        Self {
            plan: RwSignal::new(form.plan),
            profile: RwSignal::new(form.profile),
            insured_employees: RwSignal::new(form.insured_employees),
            needs: Rows::new("needs", NEEDS, need_cells(form.needs)),
            mentors: Rows::new("mentors", MENTORS, mentor_cells(form.mentors)),
            staff: Rows::new("staff", STAFF, staff_cells(form.staff)),
            management_rules: RwSignal::new(file(FilePurpose::ManagementRules)),
            mentor_list: RwSignal::new(file(FilePurpose::MentorList)),
            staff_papers: RwSignal::new(file(FilePurpose::StaffPapers)),
        }
    }

    /// What is typed now.
    pub(super) fn form(self) -> CertificationForm {
        let cell = |cells: &mut std::vec::IntoIter<String>| cells.next().unwrap_or_default();
        let id = |file: RwSignal<Option<FileView>>| file.with(|file| file.as_ref().map(|file| file.id.to_string()));
        let rows = |rows: Rows| rows.texts().into_iter().map(Vec::into_iter);
        CertificationForm {
            plan: self.plan.get(),
            profile: self.profile.get(),
            insured_employees: self.insured_employees.get(),
            needs: rows(self.needs)
                .map(|mut cells| NeedRow {
                    profession: cell(&mut cells),
                    people: cell(&mut cells),
                    note: cell(&mut cells),
                })
                .collect(),
            mentors: rows(self.mentors)
                .map(|mut cells| MentorRow {
                    name: cell(&mut cells),
                    title: cell(&mut cells),
                    years: cell(&mut cells),
                })
                .collect(),
            staff: rows(self.staff)
                .map(|mut cells| StaffRow {
                    name: cell(&mut cells),
                    position: cell(&mut cells),
                })
                .collect(),
            management_rules: id(self.management_rules).unwrap_or_default(),
            mentor_list: id(self.mentor_list).unwrap_or_default(),
            staff_papers: id(self.staff_papers).unwrap_or_default(),
        }
    }

    /// The same errors under the names that the fields have on the page.
    pub(super) fn on_page(self, errors: FieldErrors) -> FieldErrors {
        self.staff.by_key(self.mentors.by_key(self.needs.by_key(errors)))
    }

    /// Takes up what an earlier visit typed and did not save, then keeps every change. Papers lie on the server already.
    pub(super) fn outlive_reloads(self, key: StoredValue<String>) {
        Effect::new(move |ran: Option<()>| {
            let form = self.form();
            if ran.is_some() {
                key.with_value(|key| kept::keep(key, &form));
            } else if let Some(typed) = key.with_value(|key| kept::read::<CertificationForm>(key)) {
                self.plan.set(typed.plan);
                self.profile.set(typed.profile);
                self.insured_employees.set(typed.insured_employees);
                self.needs.fill(need_cells(typed.needs));
                self.mentors.fill(mentor_cells(typed.mentors));
                self.staff.fill(staff_cells(typed.staff));
            }
        });
    }
}

fn need_cells(rows: Vec<NeedRow>) -> Vec<Vec<String>> {
    rows.into_iter()
        .map(|row| vec![row.profession, row.people, row.note])
        .collect()
}

fn mentor_cells(rows: Vec<MentorRow>) -> Vec<Vec<String>> {
    rows.into_iter()
        .map(|row| vec![row.name, row.title, row.years])
        .collect()
}

fn staff_cells(rows: Vec<StaffRow>) -> Vec<Vec<String>> {
    rows.into_iter().map(|row| vec![row.name, row.position]).collect()
}
