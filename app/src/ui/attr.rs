//! What keeps the first download small: the framework compiles its machinery anew for every type of view and attribute.

use leptos::prelude::{AnyView, IntoAny, View};
use leptos::tachys::html::attribute::AttributeValue;
use leptos::tachys::html::attribute::custom::{CustomAttr, custom_attribute};

/// An attribute by its name: `<input {..attr("spellcheck", "false")} />`. An attribute that the framework knows is
/// a type of its own, and each that the first screens use is a third of a kilobyte of everybody's first download; by their
/// names they share one type.
pub fn attr<V: AttributeValue>(name: &'static str, value: V) -> CustomAttr<&'static str, V> {
    custom_attribute(name, value)
}

/// What a component ends with: `view! { … }.erased()`. The same element would else be compiled twice, as the root of a
/// `view!` and inside one.
pub trait Erased {
    /// The view as one type for all.
    fn erased(self) -> AnyView;
}

impl<T: IntoAny> Erased for View<T> {
    fn erased(self) -> AnyView {
        self.into_inner().into_any()
    }
}
