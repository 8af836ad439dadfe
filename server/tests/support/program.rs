//! The program itself, run as a person runs it, with a folder of its own.

use super::support;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_jianxi");

pub struct Home {
    pub folder: TempDir,
    pub database: String,
}

pub fn home() -> Home {
    let folder = tempfile::tempdir().expect("a folder");
    let database = support::database(folder.path());
    Home { folder, database }
}

impl Home {
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        for name in [
            "JIANXI_NOW",
            "JIANXI_DEMO",
            "JIANXI_LISTEN",
            "JIANXI_TLS",
            "JIANXI_CONFIG",
            "LEPTOS_SITE_ROOT",
            "RUST_LOG",
        ] {
            command.env_remove(name);
        }
        command
            .args(arguments)
            .stdin(Stdio::null())
            .env("JIANXI_DATA", self.folder.path())
            .env("JIANXI_DATABASE", &self.database);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program runs")
    }

    pub fn key_file(&self) -> PathBuf {
        self.folder.path().join("jianxi.key")
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub fn id_in(done: &Output) -> String {
    assert!(done.status.success(), "{}", text(&done.stderr));
    let said = text(&done.stdout);
    let line = said.lines().next().expect("a line");
    line.split_once("编号：").expect("an id").1.to_owned()
}
