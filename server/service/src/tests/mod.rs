//! The story and its refusals, on both databases.

mod account;
mod attendance;
mod delivery;
mod demo;
mod draft;
mod host;
mod internship;
mod job;
mod keys;
mod notice;
mod registration;
mod scene;
mod sign_in;
mod site;
mod story;
