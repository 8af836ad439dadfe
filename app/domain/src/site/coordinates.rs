//! Reading coordinates as people copy them from a map: two decimal numbers in either order, with or without °, N, E, 北纬, 东经.

const EXPECTED: &str = "坐标请填两个小数，例如 27.5163, 108.2234";
const NOT_IN_CHINA: &str = "这个坐标不在中国范围内。请检查纬度（3 到 54）和经度（73 到 136）";

/// Latitude and longitude in degrees; the ranges of China (longitude 73–136, latitude 3–54) decide which is which.
pub(super) fn parse(text: &str) -> Result<(f64, f64), &'static str> {
    let mut numbers = [0_i64; 2];
    let mut found = 0;
    for token in text.split(is_separator) {
        let token = without_marks(token);
        if token.is_empty() {
            continue;
        }
        let slot = numbers.get_mut(found).ok_or(EXPECTED)?;
        *slot = degrees_e7(token).ok_or(EXPECTED)?;
        found += 1;
    }
    if found != 2 {
        return Err(EXPECTED);
    }
    let [first, second] = numbers.map(|e7| e7 as f64 / 1e7);
    if is_latitude(first) && is_longitude(second) {
        Ok((first, second))
    } else if is_longitude(first) && is_latitude(second) {
        Ok((second, first))
    } else {
        Err(NOT_IN_CHINA)
    }
}

fn is_latitude(degrees: f64) -> bool {
    (3.0..=54.0).contains(&degrees)
}

fn is_longitude(degrees: f64) -> bool {
    (73.0..=136.0).contains(&degrees)
}

fn is_separator(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            ',' | '，' | '、' | ';' | '；' | ':' | '：' | '(' | ')' | '（' | '）' | '[' | ']'
        )
}

/// The token without what only says which axis it is.
fn without_marks(token: &str) -> &str {
    const BEFORE: [&str; 8] = ["北纬", "东经", "纬度", "经度", "N", "E", "n", "e"];
    const AFTER: [char; 7] = ['°', 'º', '度', 'N', 'E', 'n', 'e'];
    let token = BEFORE
        .into_iter()
        .find_map(|mark| token.strip_prefix(mark))
        .unwrap_or(token);
    token.trim_end_matches(AFTER)
}

/// A plain decimal number in 1e-7 degrees: at most three digits before the point, digits beyond the seventh dropped.
/// No exponent, no `NaN`, no `inf`: they are not what a map shows.
fn degrees_e7(token: &str) -> Option<i64> {
    let (negative, digits) = match token.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, token.strip_prefix('+').unwrap_or(token)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) || whole.len() > 3 || fraction.len() > 20 {
        return None;
    }
    let mut e7 = 0_i64;
    for byte in whole
        .bytes()
        .chain(fraction.bytes().chain(std::iter::repeat(b'0')).take(7))
    {
        e7 = e7 * 10 + i64::from(byte - b'0');
    }
    Some(if negative { -e7 } else { e7 })
}
