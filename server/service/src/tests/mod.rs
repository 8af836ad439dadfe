//! The story and its refusals, on both databases.

mod account;
mod attendance;
mod demo;
mod draft;
mod host;
mod internship;
mod job;
mod keys;
mod registration;
mod scene;
mod sign_in;
mod site;
mod story;
