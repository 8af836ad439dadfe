//! Files that people hand in: the field that uploads one, the list that uploads several, and papers to look at. Used from
//! split-off pages only: a trainee's first download holds none of it.

mod job;
mod papers;
mod upload;
mod wire;

pub use papers::FilePapers;
pub use upload::{UploadField, UploadList};
