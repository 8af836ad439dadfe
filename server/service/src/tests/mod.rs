//! The story and its refusals, on both databases.

mod account;
mod attendance;
mod certification;
mod demo;
mod draft;
mod file;
mod host;
mod internship;
mod keys;
mod registration;
mod scene;
mod sign_in;
mod site;
mod story;
