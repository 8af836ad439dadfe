//! 账号与机构, the half about agencies: the tree, its forms, and a province's divisions.

pub mod api;
mod divisions;
mod fields;
pub mod page;

use crate::ui::Segment;

/// The two views of 账号与机构.
pub(crate) fn views(accounts: bool) -> Vec<Segment> {
    let segment = |label: &str, href: &str, current| Segment {
        label: label.to_owned(),
        href: href.to_owned(),
        current,
    };
    vec![
        segment("机构", "/agencies", !accounts),
        segment("账号", "/accounts", accounts),
    ]
}
