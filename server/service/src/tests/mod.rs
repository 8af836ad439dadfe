//! The identity half of the story and its refusals, on both databases.

mod account;
mod demo;
mod draft;
mod keys;
mod registration;
mod sign_in;
