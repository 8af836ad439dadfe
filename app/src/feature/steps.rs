//! A form in steps. The step stands in the address, so that the phone's back key leads to the step before; an error leads
//! to the step that asks for its field.

use crate::feature::form::focus_first;
use domain::FieldErrors;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The steps of one form.
#[derive(Debug, Clone, Copy)]
pub struct Steps {
    /// The path of the first step; the others add `?step=2` and so on.
    pub path: &'static str,
    /// Title and fields of each.
    pub all: &'static [(&'static str, &'static [&'static str])],
}

impl Steps {
    /// The last step, from 0.
    #[must_use]
    pub const fn last(self) -> usize {
        self.all.len() - 1
    }

    /// The titles; `N` is how many there are.
    #[must_use]
    pub const fn names<const N: usize>(self) -> [&'static str; N] {
        let mut names = [""; N];
        let mut at = 0;
        while at < N {
            names[at] = self.all[at].0;
            at += 1;
        }
        names
    }

    /// The title of a step.
    #[must_use]
    pub fn title(self, step: usize) -> &'static str {
        self.all.get(step).map_or("", |(title, _)| title)
    }

    /// The step that the address names; nonsense names the first.
    #[must_use]
    pub fn of_address(self, parameter: Option<&str>) -> usize {
        parameter
            .and_then(|text| text.parse::<usize>().ok())
            .unwrap_or(1)
            .clamp(1, self.all.len())
            - 1
    }

    /// The step that asks for a field; an error without a known field belongs to the last one.
    #[must_use]
    pub fn of_field(self, field: &str) -> usize {
        self.all
            .iter()
            .position(|(_, fields)| fields.contains(&field))
            .unwrap_or(self.last())
    }

    /// The first step that has an error.
    #[must_use]
    pub fn first_wrong(self, errors: &FieldErrors) -> Option<usize> {
        errors.0.iter().map(|error| self.of_field(&error.field)).min()
    }

    /// The errors of one step.
    #[must_use]
    pub fn only(self, errors: &FieldErrors, step: usize) -> FieldErrors {
        self.some(errors, |at| at == step)
    }

    /// The errors of all steps up to this one.
    #[must_use]
    pub fn up_to(self, errors: &FieldErrors, step: usize) -> FieldErrors {
        self.some(errors, |at| at <= step)
    }

    fn some(self, errors: &FieldErrors, wanted: impl Fn(usize) -> bool) -> FieldErrors {
        FieldErrors(
            errors
                .0
                .iter()
                .filter(|error| wanted(self.of_field(&error.field)))
                .cloned()
                .collect(),
        )
    }

    /// Goes to a step; `true` replaces the address instead of adding one.
    #[must_use]
    pub fn show(self) -> Callback<(usize, bool)> {
        let navigate = use_navigate();
        Callback::new(move |(step, replace): (usize, bool)| {
            let path = if step == 0 {
                self.path.to_owned()
            } else {
                format!("{}?step={}", self.path, step + 1)
            };
            navigate(
                &path,
                NavigateOptions {
                    replace,
                    scroll: true,
                    ..NavigateOptions::default()
                },
            );
        })
    }

    /// A new step is announced: its first error takes the focus, or its title where nothing is wrong.
    pub fn focus_new(self, step: Memo<usize>, errors: RwSignal<FieldErrors>, heading: NodeRef<html::H2>) {
        Effect::new(move |before: Option<usize>| {
            let now = step.get();
            if before.is_some_and(|before| before != now) {
                let wrong = errors.with_untracked(|errors| self.only(errors, now));
                if wrong.is_empty() {
                    if let Some(heading) = heading.get_untracked() {
                        let _ = heading.focus();
                    }
                } else {
                    focus_first(&wrong);
                }
            }
            now
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Steps;
    use domain::host::RegisterHostForm;
    use domain::trainee::RegisterForm;

    const TRAINEE: Steps = Steps {
        path: "/register",
        all: &RegisterForm::STEPS,
    };
    const HOST: Steps = Steps {
        path: "/register/host",
        all: &RegisterHostForm::STEPS,
    };

    #[test]
    fn the_address_names_a_step_and_nonsense_the_first() {
        assert_eq!(TRAINEE.of_address(Some("3")), 2);
        for nonsense in [None, Some(""), Some("0"), Some("-1"), Some("三")] {
            assert_eq!(TRAINEE.of_address(nonsense), 0, "{nonsense:?}");
        }
        assert_eq!(TRAINEE.of_address(Some("99")), TRAINEE.last());
        assert_eq!(HOST.of_address(Some("99")), 2);
    }

    #[test]
    fn every_field_of_a_form_belongs_to_a_step() {
        for (field, step) in [
            ("phone", 0),
            ("unemployed_since", 1),
            ("residence", 2),
            ("consent_sensitive", TRAINEE.last()),
        ] {
            assert_eq!(TRAINEE.of_field(field), step);
        }
        for (field, step) in [("division", 0), ("login", 1), ("consent_privacy", 1), ("", HOST.last())] {
            assert_eq!(HOST.of_field(field), step);
        }
    }
}
