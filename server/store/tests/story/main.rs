//! The story that the store must tell alike on both databases: once in words, run on SQLite and, where
//! `JIANXI_TEST_POSTGRES` names a server, on PostgreSQL.

mod agency;
mod audit;
mod certification;
mod database;
mod file;
mod host;
mod identity;
mod job;
mod notice;
mod review;
mod rules;
mod told;
mod work;
