//! What is typed during registration, one signal per field, and how it outlives a reload: in this tab's storage, without
//! the password.

use crate::device::kept;
use domain::trainee::RegisterForm;
use leptos::prelude::*;

/// Name in the tab's storage.
const KEPT: &str = "register";

/// One signal per field.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    pub name: RwSignal<String>,
    pub id_card: RwSignal<String>,
    pub phone: RwSignal<String>,
    pub password: RwSignal<String>,
    pub kind: RwSignal<String>,
    pub school: RwSignal<String>,
    pub diploma_date: RwSignal<String>,
    pub unemployed_since: RwSignal<String>,
    pub residence: RwSignal<String>,
    pub residence_detail: RwSignal<String>,
    pub consent_privacy: RwSignal<bool>,
    pub consent_sensitive: RwSignal<bool>,
}

impl Fields {
    /// Starts with what was typed before.
    pub fn new(typed: RegisterForm) -> Self {
        Self {
            name: RwSignal::new(typed.name),
            id_card: RwSignal::new(typed.id_card),
            phone: RwSignal::new(typed.phone),
            password: RwSignal::new(String::new()),
            kind: RwSignal::new(typed.kind),
            school: RwSignal::new(typed.school),
            diploma_date: RwSignal::new(typed.diploma_date),
            unemployed_since: RwSignal::new(typed.unemployed_since),
            residence: RwSignal::new(typed.residence),
            residence_detail: RwSignal::new(typed.residence_detail),
            consent_privacy: RwSignal::new(typed.consent_privacy == "on"),
            consent_sensitive: RwSignal::new(typed.consent_sensitive == "on"),
        }
    }

    /// The form as it is sent; follows every field.
    pub fn form(&self) -> RegisterForm {
        RegisterForm {
            name: self.name.get(),
            id_card: self.id_card.get(),
            phone: self.phone.get(),
            password: self.password.get(),
            kind: self.kind.get(),
            school: self.school.get(),
            diploma_date: self.diploma_date.get(),
            unemployed_since: self.unemployed_since.get(),
            residence: self.residence.get(),
            residence_detail: self.residence_detail.get(),
            consent_privacy: ticked(self.consent_privacy.get()),
            consent_sensitive: ticked(self.consent_sensitive.get()),
        }
    }

    /// Fills the fields with what this tab kept, where nothing was typed since.
    pub fn recall(&self) {
        let Some(form) = kept::read::<RegisterForm>(KEPT) else {
            return;
        };
        for (signal, text) in [
            (self.name, form.name),
            (self.id_card, form.id_card),
            (self.phone, form.phone),
            (self.kind, form.kind),
            (self.school, form.school),
            (self.diploma_date, form.diploma_date),
            (self.unemployed_since, form.unemployed_since),
            (self.residence, form.residence),
            (self.residence_detail, form.residence_detail),
        ] {
            if !text.is_empty() && signal.with_untracked(String::is_empty) {
                signal.set(text);
            }
        }
        for (signal, text) in [
            (self.consent_privacy, form.consent_privacy),
            (self.consent_sensitive, form.consent_sensitive),
        ] {
            if text == "on" {
                signal.set(true);
            }
        }
    }
}

/// Keeps what is typed, without the password; whether there is anything to keep.
pub fn keep(form: &RegisterForm) -> bool {
    let form = form.without_secrets();
    if form == RegisterForm::default() {
        return false;
    }
    kept::keep(KEPT, &form);
    true
}

/// Forgets what was kept: the registration is through.
pub fn forget() {
    kept::forget(KEPT);
}

fn ticked(on: bool) -> String {
    if on { "on".to_owned() } else { String::new() }
}
