//! The story and its refusals, on both databases.

mod account;
mod attendance;
mod demo;
mod draft;
mod file;
mod host;
mod identity;
mod identity_gateway;
mod internship;
mod keys;
mod registration;
mod scene;
mod sign_in;
mod site;
mod story;
