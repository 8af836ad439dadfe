//! What is typed during a unit's registration, one signal per field, and how it outlives a reload: in this tab's storage,
//! without the password.

use crate::device::kept;
use domain::host::RegisterHostForm;
use leptos::prelude::*;

/// Name in the tab's storage.
const KEPT: &str = "register_host";

/// One signal per field.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    pub name: RwSignal<String>,
    pub credit_code: RwSignal<String>,
    pub division: RwSignal<String>,
    /// The division in words, for the check list; never sent.
    pub place: RwSignal<String>,
    pub address: RwSignal<String>,
    pub legal_representative: RwSignal<String>,
    pub operator: RwSignal<String>,
    pub phone: RwSignal<String>,
    pub login: RwSignal<String>,
    pub password: RwSignal<String>,
    pub consent_privacy: RwSignal<bool>,
}

impl Fields {
    /// Starts with what was typed before.
    pub fn new(typed: RegisterHostForm) -> Self {
        Self {
            name: RwSignal::new(typed.name),
            credit_code: RwSignal::new(typed.credit_code),
            division: RwSignal::new(typed.division),
            place: RwSignal::new(String::new()),
            address: RwSignal::new(typed.address),
            legal_representative: RwSignal::new(typed.legal_representative),
            operator: RwSignal::new(typed.operator),
            phone: RwSignal::new(typed.phone),
            login: RwSignal::new(typed.login),
            password: RwSignal::new(String::new()),
            consent_privacy: RwSignal::new(typed.consent_privacy == "on"),
        }
    }

    /// The form as it is sent; follows every field.
    pub fn form(&self) -> RegisterHostForm {
        RegisterHostForm {
            name: self.name.get(),
            credit_code: self.credit_code.get(),
            division: self.division.get(),
            address: self.address.get(),
            legal_representative: self.legal_representative.get(),
            operator: self.operator.get(),
            phone: self.phone.get(),
            login: self.login.get(),
            password: self.password.get(),
            consent_privacy: if self.consent_privacy.get() { "on" } else { "" }.to_owned(),
        }
    }

    /// Fills the fields with what this tab kept, where nothing was typed since.
    pub fn recall(&self) {
        let Some(form) = kept::read::<RegisterHostForm>(KEPT) else {
            return;
        };
        for (signal, text) in [
            (self.name, form.name),
            (self.credit_code, form.credit_code),
            (self.division, form.division),
            (self.address, form.address),
            (self.legal_representative, form.legal_representative),
            (self.operator, form.operator),
            (self.phone, form.phone),
            (self.login, form.login),
        ] {
            if !text.is_empty() && signal.with_untracked(String::is_empty) {
                signal.set(text);
            }
        }
        if form.consent_privacy == "on" {
            self.consent_privacy.set(true);
        }
    }
}

/// Keeps what is typed, without the password; whether there is anything to keep.
pub fn keep(form: &RegisterHostForm) -> bool {
    let form = form.without_secrets();
    if form == RegisterHostForm::default() {
        return false;
    }
    kept::keep(KEPT, &form);
    true
}

/// Forgets what was kept: the registration is through.
pub fn forget() {
    kept::forget(KEPT);
}
