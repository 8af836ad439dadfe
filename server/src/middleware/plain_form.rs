//! Forms that a browser sends without our code. The framework answers them with a redirect to the page they came from and
//! would put the error into that page's address; addresses end up in histories and logs, so it is taken out again. What was
//! typed comes back through an encrypted draft (`service::draft`), never through the address.

use crate::refusal::wants_page;
use axum::extract::Request;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

/// Makes the answer to a plain form a clean redirect.
pub async fn layer(request: Request, next: Next) -> Response {
    let page = wants_page(request.headers());
    let mut response = next.run(request).await;
    let Some(location) = response.headers().get(LOCATION).and_then(|value| value.to_str().ok()) else {
        return response;
    };
    let clean = without_error(location);
    if clean != location
        && let Ok(value) = HeaderValue::from_str(&clean)
    {
        response.headers_mut().insert(LOCATION, value);
    }
    if page && !response.status().is_redirection() {
        *response.status_mut() = StatusCode::SEE_OTHER;
    }
    response
}

/// The address without the framework's `__path` and `__err`, and without a question mark that asks nothing.
fn without_error(location: &str) -> String {
    let (address, fragment) = location
        .split_once('#')
        .map_or((location, None), |(address, rest)| (address, Some(rest)));
    let mut clean = String::from(address);
    if let Some((path, query)) = address.split_once('?') {
        let kept: Vec<&str> = query
            .split('&')
            .filter(|pair| !matches!(pair.split('=').next(), Some("" | "__path" | "__err")))
            .collect();
        clean = if kept.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", kept.join("&"))
        };
    }
    match fragment {
        Some(fragment) => format!("{clean}#{fragment}"),
        None => clean,
    }
}

#[cfg(test)]
mod tests {
    use super::without_error;

    #[test]
    fn an_error_never_stays_in_an_address() {
        assert_eq!(without_error("/sign-in?__path=%2Fapi%2Fx&__err=c2VjcmV0"), "/sign-in");
        assert_eq!(
            without_error("/sign-in?next=/today&__path=a&__err=b#top"),
            "/sign-in?next=/today#top"
        );
        assert_eq!(without_error("/today"), "/today");
        assert_eq!(without_error("/offer/7?"), "/offer/7");
        assert_eq!(without_error("/host?week=2026-11-16"), "/host?week=2026-11-16");
    }
}
