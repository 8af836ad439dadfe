//! A panic ends one request, not the server: the person gets a reference, the log has the place under it.

use crate::middleware::request_log::RequestId;
use crate::refusal::{refuse, wants_page};
use app::api::ApiError;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use futures::FutureExt;
use std::panic::AssertUnwindSafe;

/// Answers 500 where the rest panics.
pub async fn layer(request: Request, next: Next) -> Response {
    let page = wants_page(request.headers());
    let reference = request
        .extensions()
        .get::<RequestId>()
        .map(|RequestId(id)| id.to_string())
        .unwrap_or_default();
    // What the panicking request held is dropped with it; shared state is behind locks that do not stay poisoned.
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => refuse(
            page,
            StatusCode::INTERNAL_SERVER_ERROR,
            &ApiError::Internal { reference },
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use http_body_util::BodyExt;
    use tower::ServiceExt;
    use uuid::Uuid;

    async fn broken() -> &'static str {
        panic!("a fault of ours, with a name in it: 杨晓雨")
    }

    #[tokio::test]
    async fn a_panic_answers_with_its_reference_and_tells_nothing_else() {
        let router = Router::new().route("/", get(broken)).layer(from_fn(layer));
        let mut request = Request::get("/").body(Body::empty()).expect("a request");
        request.extensions_mut().insert(RequestId(Uuid::from_u128(7)));
        let answer = router.oneshot(request).await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = answer.into_body().collect().await.expect("a body").to_bytes();
        assert_eq!(
            &body[..],
            br#"{"Internal":{"reference":"00000000-0000-0000-0000-000000000007"}}"#
        );
    }
}
