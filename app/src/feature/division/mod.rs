//! The division picker: province, city, county (GB/T 2260). It keeps one value, the county's code.

pub mod api;
mod options;
mod picker;

pub use options::{CountyList, county_options};
pub use picker::DivisionPicker;
