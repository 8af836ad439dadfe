//! Days of the calendar as people in Asia/Shanghai read them: labels, strict parsing, day and month arithmetic that never panics.

use jiff::SignedDuration;
pub use jiff::civil::Date as Day;

/// The Chinese name of the weekday without 周: `四`.
#[must_use]
pub fn weekday_label(day: Day) -> &'static str {
    match day.weekday() {
        jiff::civil::Weekday::Monday => "一",
        jiff::civil::Weekday::Tuesday => "二",
        jiff::civil::Weekday::Wednesday => "三",
        jiff::civil::Weekday::Thursday => "四",
        jiff::civil::Weekday::Friday => "五",
        jiff::civil::Weekday::Saturday => "六",
        jiff::civil::Weekday::Sunday => "日",
    }
}

/// `11月19日`.
#[must_use]
pub fn month_day_label(day: Day) -> String {
    format!("{}月{}日", day.month(), day.day())
}

/// `11月19日 周四`.
#[must_use]
pub fn day_label(day: Day) -> String {
    format!("{}月{}日 周{}", day.month(), day.day(), weekday_label(day))
}

/// Reads `YYYY-MM-DD` and nothing else; `None` for a day that does not exist.
#[must_use]
pub fn parse_day(text: &str) -> Option<Day> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let year = digits(&bytes[..4])?;
    let month = digits(&bytes[5..7])?;
    let day = digits(&bytes[8..])?;
    Day::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The number that up to four ASCII digits write.
pub(crate) fn digits(bytes: &[u8]) -> Option<i16> {
    let mut number = 0_i16;
    for byte in bytes {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number.checked_mul(10)?.checked_add(i16::from(byte - b'0'))?;
    }
    Some(number)
}

/// The day so many days later (earlier when negative); stops at the ends of the calendar.
#[must_use]
pub fn add_days(day: Day, days: i32) -> Day {
    day.saturating_add(SignedDuration::from_hours(i64::from(days) * 24))
}

/// The same day of the month so many months later, or the last day of that month where it is shorter.
#[must_use]
pub fn add_months(day: Day, months: i32) -> Day {
    let index = (i32::from(day.year()) * 12 + i32::from(day.month()) - 1).saturating_add(months);
    let (Ok(year), Ok(month)) = (
        i16::try_from(index.div_euclid(12)),
        i8::try_from(index.rem_euclid(12) + 1),
    ) else {
        return if months < 0 { Day::MIN } else { Day::MAX };
    };
    match Day::new(year, month, 1) {
        Ok(first) => Day::new(year, month, day.day().min(first.days_in_month())).unwrap_or(first),
        Err(_) if months < 0 => Day::MIN,
        Err(_) => Day::MAX,
    }
}

/// Days from `from` to `to`; negative when `to` is earlier.
#[must_use]
pub fn days_between(from: Day, to: Day) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// Whole months of a stretch whose first and last day both belong to it: 2026-09-01 to 2026-11-30 is 3.
#[must_use]
pub fn whole_months(first: Day, last: Day) -> u32 {
    let after = add_days(last, 1);
    let months =
        (i32::from(after.year()) - i32::from(first.year())) * 12 + i32::from(after.month()) - i32::from(first.month());
    let whole = if add_months(first, months) > after {
        months - 1
    } else {
        months
    };
    u32::try_from(whole).unwrap_or(0)
}

/// Age in full years on a day, by the calendar; 0 before birth. Born on 29 February: in a common year a year older on 1 March.
#[must_use]
pub fn age_on(birth: Day, day: Day) -> u32 {
    let years = i32::from(day.year()) - i32::from(birth.year());
    let had_birthday = (day.month(), day.day()) >= (birth.month(), birth.day());
    u32::try_from(if had_birthday { years } else { years - 1 }).unwrap_or(0)
}
