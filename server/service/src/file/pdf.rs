//! What a PDF must not be: cut off, locked, or more than paper. It is stored as it came, so this looks for what a viewer
//! would act on. The names are searched in the bytes, also written with `#xx` escapes (ISO 32000-1, 7.3.5). What is hidden in
//! a compressed object stream is not found: that is the virus scanner's part, and the reason why a PDF is served under a
//! policy that lets it run and load nothing.

use domain::file::Unfit;

/// How far from the end `%%EOF` may stand (ISO 32000-1, annex H.3.18).
const TAIL: usize = 1024;
/// Names of what runs, starts or carries something.
const ACTIVE: [&[u8]; 3] = [b"/JavaScript", b"/Launch", b"/EmbeddedFile"];

/// Looks at a PDF.
pub(super) fn inspect(bytes: &[u8]) -> Result<(), Unfit> {
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    // At the very beginning: what has something before it is something else, too.
    if !bytes.starts_with(b"%PDF-") || !contains(tail, b"%%EOF") {
        return Err(Unfit::PdfBroken);
    }
    let plain = without_escapes(bytes);
    if contains(&plain, b"/Encrypt") {
        return Err(Unfit::PdfLocked);
    }
    if ACTIVE.iter().any(|name| contains(&plain, name)) {
        return Err(Unfit::PdfActive);
    }
    Ok(())
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// The same with each `#xx` as the byte that it stands for.
fn without_escapes(bytes: &[u8]) -> Vec<u8> {
    let digit = |byte: &u8| {
        char::from(*byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        match rest {
            [] => return plain,
            [b'#', high, low, after @ ..] if digit(high).is_some() && digit(low).is_some() => {
                plain.push(digit(high).unwrap_or(0) * 16 + digit(low).unwrap_or(0));
                rest = after;
            }
            [byte, after @ ..] => {
                plain.push(*byte);
                rest = after;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pdf(middle: &str) -> Vec<u8> {
        format!("%PDF-1.7\n1 0 obj\n<< {middle} >>\nendobj\ntrailer << >>\n%%EOF\n").into_bytes()
    }

    #[test]
    fn a_pdf_that_is_only_paper_passes() {
        assert_eq!(inspect(&pdf("/Type /Catalog /Pages 2 0 R")), Ok(()));
    }

    #[test]
    fn a_pdf_that_runs_starts_or_carries_something_does_not() {
        for name in [
            "/S /JavaScript",
            "/J#61vaScript",
            "/#4aavaScript",
            "/S /Launch",
            "/EmbeddedFiles 3 0 R",
            "/Lau#6E#63h",
        ] {
            assert_eq!(inspect(&pdf(name)), Err(Unfit::PdfActive), "{name}");
        }
    }

    #[test]
    fn a_locked_or_cut_off_pdf_does_not_pass() {
        assert_eq!(inspect(&pdf("/Encrypt 9 0 R")), Err(Unfit::PdfLocked));
        assert_eq!(inspect(&pdf("/Encr#79pt 9 0 R")), Err(Unfit::PdfLocked));
        let whole = pdf("");
        assert_eq!(inspect(&whole[..whole.len() - 7]), Err(Unfit::PdfBroken));
        assert_eq!(inspect(&[b"x", &whole[..]].concat()), Err(Unfit::PdfBroken));
        let long = [&whole[..], &[b' '; 2000]].concat();
        assert_eq!(inspect(&long), Err(Unfit::PdfBroken));
        assert_eq!(inspect(b""), Err(Unfit::PdfBroken));
        assert_eq!(inspect(b"%PDF-1.7\n#\n%%EOF#"), Ok(()));
    }
}
