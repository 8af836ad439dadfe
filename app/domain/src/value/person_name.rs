//! Names as on the ID card: 2–30 Chinese characters, with `·` between the parts of many minorities' names (`domain.md` §9).

/// A valid name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    /// Reads a name; spaces are ignored, look-alikes of the middle dot become `·`.
    ///
    /// # Errors
    /// A sentence that says what is expected.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let name: String = text
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .map(middle_dot)
            .collect();
        let length = name.chars().count();
        if length == 0 {
            return Err("请填写姓名");
        }
        if !name.chars().all(|letter| letter == '·' || is_han(letter)) {
            return Err("姓名只能是汉字和“·”，请按身份证上的姓名填写");
        }
        if !(2..=30).contains(&length) {
            return Err("姓名是 2 到 30 个字，请按身份证上的姓名填写");
        }
        if name.starts_with('·') || name.ends_with('·') || name.contains("··") {
            return Err("“·”只能在两个字之间，请按身份证上的姓名填写");
        }
        Ok(Self(name))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const fn middle_dot(letter: char) -> char {
    match letter {
        '•' | '‧' | '∙' | '⋅' | '・' | '･' => '·',
        other => other,
    }
}

/// Han characters of Unicode, incl. 〇, compatibility forms and the extensions that rare names need.
const fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAD9}' | '\u{20000}'..='\u{323AF}')
}

impl std::fmt::Display for PersonName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
