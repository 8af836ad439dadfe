//! How components stay small in the WASM. Leptos compiles its reactive machinery anew for every type in a signal, every
//! future under a `Suspense` and every closure of an effect; what stands here is compiled once for all of them.

use super::Erased;
use leptos::html::ElementType;
use leptos::prelude::*;
use leptos::tachys::html::node_ref::NodeRefContainer;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;
use send_wrapper::SendWrapper;
use std::any::Any;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// A value that a component follows: any signal, memo or closure. A tenth of the code of a [`Signal`] of the same type.
pub struct Live<T: 'static> {
    read: StoredValue<Arc<dyn Any + Send + Sync>>,
    of: PhantomData<fn() -> T>,
}

type Reader<T> = Box<dyn Fn() -> T + Send + Sync>;

impl<T> Clone for Live<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Live<T> {}

impl<T> Live<T> {
    /// Follows what `read` reads.
    pub fn new(read: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let read: Reader<T> = Box::new(read);
        Self {
            read: StoredValue::new(Arc::new(read)),
            of: PhantomData,
        }
    }

    /// What it is now; tells the surrounding effect when that may have changed.
    #[must_use]
    pub fn get(self) -> T {
        match self.read.get_value().downcast_ref::<Reader<T>>() {
            Some(read) => read(),
            None => unreachable!("only `new` fills it"),
        }
    }

    /// What it is now.
    #[must_use]
    pub fn get_untracked(self) -> T {
        untrack(|| self.get())
    }
}

impl<T: Default> Default for Live<T> {
    fn default() -> Self {
        Self::new(T::default)
    }
}

impl<T, F: Fn() -> T + Send + Sync + 'static> From<F> for Live<T> {
    fn from(read: F) -> Self {
        Self::new(read)
    }
}

macro_rules! from_signals {
    ($($signal:ident),*) => {$(
        impl<T: Clone + Send + Sync> From<$signal<T>> for Live<T> {
            fn from(signal: $signal<T>) -> Self {
                Self::new(move || signal.get())
            }
        }
    )*};
}
from_signals!(Signal, ReadSignal, RwSignal, Memo);

/// The element of a `node_ref`, whatever its tag; a [`NodeRef`] has a signal type of its own for each tag.
#[derive(Debug, Clone, Copy)]
pub struct ElementRef(RwSignal<Option<SendWrapper<Element>>>);

impl<E: ElementType> NodeRefContainer<E> for ElementRef {
    fn load(self, element: &Element) {
        self.0.set(Some(SendWrapper::new(element.clone())));
    }
}

impl Default for ElementRef {
    fn default() -> Self {
        Self(RwSignal::new(None))
    }
}

impl ElementRef {
    /// The element once it stands; tells the surrounding effect when it does.
    #[must_use]
    pub fn get<T: JsCast>(self) -> Option<T> {
        self.0.get().and_then(|element| element.take().dyn_into().ok())
    }

    /// The element once it stands.
    #[must_use]
    pub fn get_untracked<T: JsCast>(self) -> Option<T> {
        self.0
            .get_untracked()
            .and_then(|element| element.take().dyn_into().ok())
    }
}

type Page = Pin<Box<dyn Future<Output = AnyView> + Send>>;

/// Shows `meanwhile` until everything that `page` awaits is there, and again whenever it is read anew.
pub fn awaited<F: Future<Output = AnyView> + Send + 'static>(
    meanwhile: fn() -> AnyView,
    page: impl Fn() -> F + Send + Sync + 'static,
) -> AnyView {
    suspended(meanwhile, Box::new(move || Box::pin(page())))
}

fn suspended(meanwhile: fn() -> AnyView, page: Box<dyn Fn() -> Page + Send + Sync>) -> AnyView {
    view! { <Suspense fallback=meanwhile>{move || Suspend::new(page())}</Suspense> }.erased()
}

/// Runs `act` in the browser after the page stands, and again whenever a signal that it read changes. It is told whether
/// this is the first time.
pub fn effect(act: impl FnMut(bool) + 'static) {
    effect_of(Box::new(act));
}

/// Acts in the browser each time that so much time has gone by, as long as the component stands.
pub fn every(period: Duration, act: impl Fn() + 'static) {
    let running = StoredValue::new(None::<IntervalHandle>);
    let mut act = Some(act);
    effect(move |_| {
        if let Some(act) = act.take() {
            running.set_value(set_interval_with_handle(act, period).ok());
        }
    });
    on_cleanup(move || {
        if let Some(interval) = running.try_get_value().flatten() {
            interval.clear();
        }
    });
}

fn effect_of(mut act: Box<dyn FnMut(bool)>) {
    Effect::new(move |ran: Option<()>| act(ran.is_none()));
}
