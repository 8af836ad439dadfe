//! The story that the store must tell alike on both databases: once in words, run on SQLite and, where
//! `JIANXI_TEST_POSTGRES` names a server, on PostgreSQL.

mod audit;
mod certification;
mod database;
mod file;
mod identity;
mod told;
mod work;
