//! 实名认证 of persons and hosts: what their cases are about, and how a decision moves them.

pub(crate) mod case;
