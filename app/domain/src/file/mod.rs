//! Files that people hand in (papers, photos of papers): what may be uploaded as what, how an upload proceeds, why a file is
//! refused, and what the screens show of one.

mod form;
mod label;
mod purpose;
mod state;
mod view;

pub use form::{BeginUpload, MAX_CHUNK, MAX_NAME, NewUpload, safe_name, size_label};
pub use purpose::{FilePurpose, Formats, MAX_BYTES};
pub use state::{FileEvent, FileRefusal, FileState, Scan, Unfit};
pub use view::{FileKind, FileOwner, FileView};
