//! What a page reads before it shows anything. Two things keep the WASM small: one JSON reader serves the page's own data
//! and the answers of server functions, and one resource type serves every page, because the reactive machinery of a
//! resource is compiled anew for each type that it holds.

use super::ApiError;
use codee::{Decoder, Encoder};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::Any;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// JSON from bytes, as server functions read it.
#[derive(Debug)]
struct PageJson;

/// An answer whose type only the page knows: as it was read, as it travels inside the HTML, or (on the server) both.
#[derive(Clone)]
struct Answer {
    value: Option<Arc<dyn Any + Send + Sync>>,
    json: Option<Arc<str>>,
}

impl Answer {
    fn read<T: Serialize + Send + Sync + 'static>(value: T) -> Self {
        Self {
            json: cfg!(feature = "ssr")
                .then(|| serde_json::to_string(&value).ok().map(Arc::from))
                .flatten(),
            value: Some(Arc::new(value)),
        }
    }
}

impl Encoder<Answer> for PageJson {
    type Error = std::convert::Infallible;
    type Encoded = String;

    fn encode(answer: &Answer) -> Result<String, Self::Error> {
        Ok(answer.json.as_deref().unwrap_or_default().to_owned())
    }
}

impl Decoder<Answer> for PageJson {
    type Error = std::convert::Infallible;
    type Encoded = str;

    fn decode(json: &str) -> Result<Answer, Self::Error> {
        Ok(Answer {
            value: None,
            json: Some(json.into()),
        })
    }
}

/// A page's data, rendered into the first HTML and read again after acts. `.await` it inside [`crate::ui::awaited`].
pub struct Read<T> {
    answer: Resource<Answer, PageJson>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Read<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Read<T> {}

impl<T> Read<T> {
    /// Reads it anew.
    pub fn refetch(self) {
        self.answer.refetch();
    }
}

impl<T: Clone + DeserializeOwned + 'static> IntoFuture for Read<Result<T, ApiError>> {
    type Output = Result<T, ApiError>;
    type IntoFuture = Boxed<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let answer = self.answer.into_future();
        Box::pin(async move {
            let answer = answer.await;
            match answer
                .value
                .as_deref()
                .and_then(|value| value.downcast_ref::<Self::Output>())
            {
                Some(value) => value.clone(),
                // A page whose data our code cannot read comes from another version: trying again reads it anew.
                None => serde_json::from_slice(answer.json.as_deref().unwrap_or_default().as_bytes())
                    .unwrap_or(Err(ApiError::Unavailable)),
            }
        })
    }
}

/// Reads `fetch(source())`, on the server before the first byte is sent, and again whenever `source` changes.
pub fn read<S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> F + Send + Sync + 'static,
) -> Read<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + Send + Sync + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let fetch = move |source| -> Boxed<Answer> {
        let reading = fetch(source);
        Box::pin(async move { Answer::read(reading.await) })
    };
    Read {
        answer: resource(Box::new(source), Box::new(fetch)),
        of: PhantomData,
    }
}

/// Compiled once for each type of source, and nearly all pages have none.
fn resource<S: PartialEq + Clone + Send + Sync + 'static>(
    source: Box<dyn Fn() -> S + Send + Sync>,
    fetch: Box<dyn Fn(S) -> Boxed<Answer> + Send + Sync>,
) -> Resource<Answer, PageJson> {
    Resource::new_with_options(source, fetch, true)
}
