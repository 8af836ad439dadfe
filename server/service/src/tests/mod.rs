//! The story and its refusals, on both databases.

mod account;
mod agency;
mod attendance;
mod audit;
mod demo;
mod draft;
mod host;
mod internship;
mod keys;
mod registration;
mod scene;
mod sign_in;
mod site;
mod story;
