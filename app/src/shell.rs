//! The document around every page. Rendered on the server only: language, colours and size as the person chose them (so
//! that nothing flashes), manifest and icons, the hashed style sheet, and the scripts with the answer's nonce.

use crate::App;
use crate::feature::account::display::{self, Display, Theme};
use crate::ui::Erased;
use axum::http::request::Parts;
use leptos::config::LeptosOptions;
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};

/// Bar colours of the token `--top-1` in light and dark.
const LIGHT: &str = "#0b7765";
const DARK: &str = "#0c5d50";

/// The whole document.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let look = crate::api::cookie(display::COOKIE)
        .map(|value| Display::parse(&value))
        .unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html lang="zh-CN" data-theme=look.theme_attribute() data-size=look.size()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="description" content="就业见习登记、签到和考勤：见习人员用手机，见习单位用平板。" />
                <meta name="color-scheme" content=color_scheme(look.theme) />
                {theme_colours(look.theme)}
                <meta name="format-detection" content="telephone=no" />
                <meta name="referrer" content="same-origin" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
                <HashedStylesheet options=options.clone() id="leptos" />
                {without_javascript()}
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

const fn color_scheme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "light dark",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

fn theme_colours(theme: Theme) -> AnyView {
    match theme {
        Theme::System => {
            let meta = |colour: &'static str, media: &'static str| {
                leptos::html::meta()
                    .name("theme-color")
                    .content(colour)
                    .attr("media", media)
            };
            (
                meta(LIGHT, "(prefers-color-scheme: light)"),
                meta(DARK, "(prefers-color-scheme: dark)"),
            )
                .into_any()
        }
        Theme::Light => view! { <meta name="theme-color" content=LIGHT /> }.erased(),
        Theme::Dark => view! { <meta name="theme-color" content=DARK /> }.erased(),
    }
}

/// The registration in steps needs JavaScript; without it the browser goes on to the same questions on one page.
fn without_javascript() -> Option<impl IntoView> {
    let parts = use_context::<Parts>()?;
    let plain = match parts.uri.path() {
        "/register" => "0; url=/register?plain=1",
        "/register/host" => "0; url=/register/host?plain=1",
        _ => return None,
    };
    let steps = !parts
        .uri
        .query()
        .unwrap_or_default()
        .split('&')
        .any(|pair| pair == "plain=1");
    steps.then(|| view! { <noscript><meta http-equiv="refresh" content=plain /></noscript> })
}
