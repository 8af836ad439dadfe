//! The shared components: what every screen is built from. They know nothing about any feature and ask no server.
//!
//! | to show | use |
//! |---|---|
//! | a whole screen | [`TraineeFrame`] (phone first, tabs) · [`HostFrame`], [`StaffFrame`] (rail and board) |
//! | its head | [`TopBar`] (green, phone) · [`PageHead`] (board) |
//! | a state | [`Chip`] with a [`Tone`] · [`Banner`] · [`EmptyState`] · [`Skeleton`] · [`Toast`] |
//! | a person, a number | [`Avatar`] · [`Kpi`] |
//! | a form | [`TextField`] · [`TextAreaField`] · [`DateField`] · [`RangeField`] · [`SelectField`] · [`RadioCards`] · [`CheckField`] · [`CellField`] · [`ErrorSummary`] · [`SubmitButton`] · [`Stepper`] |
//! | a choice of views | [`Segmented`] |
//! | a question over the page | [`Sheet`] |
//! | attendance | [`WeekStrip`] · [`CheckInButton`] · [`DataTable`] with [`BoardCell`] · [`FenceSketch`] |
//! | a picture | [`Icon`] · [`Mark`] |
//! | what has to be read first | [`awaited`] |
//!
//! Their look is in `style/component/`. Classes for everything smaller (`card`, `row`, `stack`, `btn`, `muted` …) are used directly.
//! The security policy forbids `style=""`: a page that needs a new look gets a class in `style/<feature>.css`.

mod attr;
mod banner;
mod card;
mod cell;
mod chip;
mod choice_field;
mod field;
mod frame;
mod icon;
mod live;
mod nav;
mod punch;
mod sheet;
mod sketch;
mod submit;
mod table;
mod text_field;
mod tone;
mod top;
mod week;

pub use attr::*;
pub use banner::*;
pub use card::*;
pub use cell::*;
pub use chip::*;
pub use choice_field::*;
pub use field::{FieldError, field_id};
pub use frame::*;
pub use icon::*;
pub use live::*;
pub use nav::*;
pub use punch::*;
pub use sheet::*;
pub use sketch::*;
pub use submit::*;
pub use table::*;
pub use text_field::*;
pub use tone::Tone;
pub use top::*;
pub use week::*;
