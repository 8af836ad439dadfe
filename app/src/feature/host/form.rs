//! What the host's forms share: each sentence beside its field, taken back when the field is corrected.

use crate::feature::form::{error_of, summary_of};
use crate::ui::{Banner, Erased, Tone};
use domain::FieldErrors;
use icondata_lu::LuCircleAlert;
use leptos::prelude::*;

/// The errors of one form.
#[derive(Clone, Copy)]
pub(crate) struct Errors(RwSignal<FieldErrors>);

impl Errors {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(FieldErrors::default()))
    }

    /// The sentence beside a field. From now on a change of `value` takes it back.
    pub(crate) fn beside(self, field: &'static str, value: RwSignal<String>) -> crate::ui::Live<Option<String>> {
        Effect::new(move |before: Option<String>| {
            let now = value.get();
            if before.is_some_and(|before| before != now) {
                self.forget(field);
            }
            now
        });
        error_of(self.0, field)
    }

    /// The sentence about a field whose control is no single text.
    pub(crate) fn one(self, field: &'static str) -> crate::ui::Live<Option<String>> {
        error_of(self.0, field)
    }

    /// The same beside a field whose name is made: one cell of a row that people add.
    pub(crate) fn beside_cell(self, field: String, value: RwSignal<String>) -> crate::ui::Live<Option<String>> {
        let forgotten = field.clone();
        Effect::new(move |before: Option<String>| {
            let now = value.get();
            if before.is_some_and(|before| before != now) {
                self.forget(&forgotten);
            }
            now
        });
        crate::ui::Live::new(move || self.0.with(|errors| errors.of(&field).map(ToOwned::to_owned)))
    }

    /// Takes back what was said about a field and about everything below it: `needs.3` with `needs.3.people`.
    pub(crate) fn forget_below(self, start: &str) {
        let below = [start, "."].concat();
        self.0.update(|errors| {
            errors
                .0
                .retain(|error| error.field != start && !error.field.starts_with(&below));
        });
    }

    /// All sentences for the summary.
    pub(crate) fn all(self) -> crate::ui::Live<Vec<(String, String)>> {
        summary_of(self.0)
    }

    /// Replaces them all; does nothing when the page was left.
    pub(crate) fn set(self, errors: FieldErrors) {
        self.0.try_set(errors);
    }

    /// One sentence about the form as a whole.
    pub(crate) fn set_general(self, message: String) {
        self.set(FieldErrors::one("", message));
    }

    /// Nothing is wrong any more.
    pub(crate) fn clear(self) {
        self.set(FieldErrors::default());
    }

    /// Takes the sentence about a field back when a file is chosen for it.
    pub(crate) fn forgetting(self, field: &'static str) -> Callback<()> {
        Callback::new(move |()| self.forget(field))
    }

    /// Takes the sentence about a field back.
    pub(crate) fn forget(self, field: &str) {
        if self.0.with_untracked(|errors| errors.of(field).is_some()) {
            self.0.update(|errors| errors.0.retain(|error| error.field != field));
        }
    }
}

/// Asks once before what an agency returned is sent again as it was. Sending it all the same stays possible: a plan may have to
/// be kept, and an agency may have named too much.
#[derive(Clone, Copy)]
pub(crate) struct Unmended(RwSignal<Vec<String>>);

impl Unmended {
    /// Not asked yet.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// Whether to stop and ask: true the first time that these fields are sent unchanged.
    pub(crate) fn stops(self, unchanged: Vec<String>) -> bool {
        let stops = !unchanged.is_empty() && self.0.with_untracked(|asked| *asked != unchanged);
        self.0.set(unchanged);
        stops
    }

    /// The question, beside the button.
    pub(crate) fn question(self) -> AnyView {
        let question = move || {
            let fields = self.0.with(|fields| fields.join("”“"));
            (!fields.is_empty()).then(|| {
                view! {
                    <Banner tone=Tone::Warn icon=LuCircleAlert title=["要求修改的内容还没有改：“", &fields, "”"].concat()>
                        <span>"请先改好。确定不用改，就再提交一次。"</span>
                    </Banner>
                }
                .erased()
            })
        };
        view! { <div role="status">{question}</div> }.erased()
    }
}
