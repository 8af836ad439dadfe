//! The story and its refusals, on both databases.

mod account;
mod attendance;
mod calendar;
mod demo;
mod draft;
mod host;
mod internship;
mod keys;
mod registration;
mod rules;
mod scene;
mod sign_in;
mod site;
mod story;
