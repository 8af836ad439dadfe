//! Papers of the demo: one page that says what it stands for, in Latin letters, which need no font of their own.

use domain::file::FilePurpose;

/// A PDF of one page.
pub(super) fn pdf(purpose: FilePurpose) -> Vec<u8> {
    let page = format!(
        "BT /F1 22 Tf 72 740 Td (Demo paper: {}) Tj /F1 12 Tf 0 -32 Td (Made up. Nobody signed it.) Tj ET",
        purpose.code()
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{page}\nendstream", page.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut text = "%PDF-1.7\n".to_owned();
    let mut starts = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        starts.push(format!("{:010} 00000 n \n", text.len()));
        text.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let table = text.len();
    text.push_str(&format!(
        "xref\n0 {size}\n0000000000 65535 f \n{}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        starts.concat(),
        size = objects.len() + 1,
    ));
    text.into_bytes()
}
