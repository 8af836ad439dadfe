//! The five tones of a state. A tone only repeats in colour what the words beside it already say.

/// How a state feels to the person who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Settled and good: 有效, 达标.
    Ok,
    /// Somebody has to act, or it is not sure yet: 还差 1 次, 等待确认.
    Warn,
    /// Lost, refused or overdue: 缺 1 次, 已退回.
    Bad,
    /// Worth knowing, nothing to do: 外勤已确认.
    Info,
    /// Neither good nor bad.
    #[default]
    Plain,
}

impl Tone {
    /// The CSS class of the tone; the stylesheet knows it on `chip`, `banner`, `ava` and text.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Info => "info",
            Self::Plain => "plain",
        }
    }
}
