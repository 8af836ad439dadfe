//! The story and its refusals, on both databases.

mod account;
mod agency;
mod attendance;
mod audit;
mod calendar;
mod certification;
mod delivery;
mod demo;
mod draft;
mod file;
mod host;
mod host_identity;
mod host_registration;
mod identity;
mod identity_gateway;
mod internship;
mod job;
mod keys;
mod notice;
mod registration;
mod review;
mod rules;
mod scene;
mod sign_in;
mod site;
mod story;
