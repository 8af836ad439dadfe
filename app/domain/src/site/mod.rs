//! Sites: where people work, with the fence around it.

mod coordinates;
mod form;
mod view;

pub use form::{NewSite, SiteForm};
pub use view::{SiteChoice, SitePoint, SiteView};
