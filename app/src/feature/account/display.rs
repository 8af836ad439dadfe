//! How the screens look on this device: light, dark or as the system; normal or large (长辈版). Kept in a cookie, so that
//! the server's first answer already looks right.

/// Name of the cookie.
pub const COOKIE: &str = "display";

/// Light, dark, or as the system is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// 跟随系统.
    #[default]
    System,
    /// 浅色.
    Light,
    /// 深色.
    Dark,
}

impl Theme {
    /// All themes, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::System => "跟随系统",
            Self::Light => "浅色",
            Self::Dark => "深色",
        }
    }

    /// The name in the cookie and in the form.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }
}

/// The whole choice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Display {
    /// Colours.
    pub theme: Theme,
    /// 长辈版: large text and targets.
    pub large: bool,
}

impl Display {
    /// Reads the cookie's value; what is not understood is the default.
    #[must_use]
    pub fn parse(value: &str) -> Self {
        let (theme, size) = value.split_once('.').unwrap_or((value, ""));
        Self {
            theme: Theme::from_code(theme).unwrap_or_default(),
            large: size == "large",
        }
    }

    /// The cookie's value.
    #[must_use]
    pub fn value(self) -> String {
        format!("{}.{}", self.theme.code(), self.size().unwrap_or("normal"))
    }

    /// `data-theme` of the document.
    #[must_use]
    pub const fn theme_attribute(self) -> Option<&'static str> {
        match self.theme {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }

    /// `data-size` of the document.
    #[must_use]
    pub const fn size(self) -> Option<&'static str> {
        if self.large { Some("large") } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::{Display, Theme};

    #[test]
    fn the_cookie_keeps_the_choice_and_nonsense_is_the_default() {
        for theme in Theme::ALL {
            for large in [false, true] {
                let display = Display { theme, large };
                assert_eq!(Display::parse(&display.value()), display);
            }
        }
        for nonsense in ["", ".", "深色", "dark.large.x", "<script>"] {
            assert!(!Display::parse(nonsense).large, "{nonsense}");
        }
    }
}
