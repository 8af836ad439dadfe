//! Which phone this is, as far as the words of a next step depend on it. Nothing is decided by it.

/// The kinds of browser whose settings are found in different places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// Inside WeChat.
    Wechat,
    /// iPhone or iPad.
    Apple,
    /// Android and everything else.
    Other,
}

/// This device's.
#[must_use]
pub fn platform() -> Platform {
    of(&leptos::prelude::window().navigator().user_agent().unwrap_or_default())
}

fn of(user_agent: &str) -> Platform {
    if user_agent.contains("MicroMessenger") {
        Platform::Wechat
    } else if user_agent.contains("iPhone") || user_agent.contains("iPad") {
        Platform::Apple
    } else {
        Platform::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wechat_on_an_iphone_is_wechat() {
        assert_eq!(
            of("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) MicroMessenger/8.0.50"),
            Platform::Wechat
        );
        assert_eq!(
            of("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1"),
            Platform::Apple
        );
        assert_eq!(
            of("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36"),
            Platform::Other
        );
    }
}
