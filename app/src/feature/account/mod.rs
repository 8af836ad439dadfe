//! Accounts: sign-in, second factor, the own account, how the screens look.

pub mod api;
mod code_form;
pub mod counts;
pub mod display;
pub mod landing;
pub mod page;
pub mod privacy;
pub mod second_factor;
pub mod session;
pub mod set_up;
pub mod settings;
pub mod sign_in;
pub mod solo;
pub mod staff_api;
pub mod staff_list;
