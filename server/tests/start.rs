//! A start and an end: keys, folders, a second node, certificates, and what a start refuses.

#[path = "support/program.rs"]
mod program;
mod support;

use program::*;
use server::site::Site;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

impl Home {
    /// A site that has what every page needs.
    fn site(&self) -> PathBuf {
        let root = self.folder.path().join("site");
        let site = Site::open(root.clone(), &Path::new(PROGRAM).with_file_name("hash.txt"));
        for file in site.entry() {
            let file = root.join(file);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, "x").expect("written");
        }
        root
    }

    /// Starts `serve` and waits for the address that it prints.
    fn serve(&self, more: &[&str]) -> (Child, String, String) {
        let site = self.site();
        let mut arguments = vec![
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--site",
            site.to_str().expect("a path"),
        ];
        arguments.extend(more);
        let mut child = self
            .command(&arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        let mut said = String::new();
        let mut reader = BufReader::new(child.stdout.take().expect("standard output"));
        while !said.contains("Ctrl-C") {
            assert_ne!(
                reader.read_line(&mut said).expect("readable"),
                0,
                "the server ended: {said}"
            );
        }
        let address = said
            .lines()
            .find_map(|line| line.split_once("://"))
            .expect("an address")
            .1
            .trim()
            .to_owned();
        (child, address, said)
    }
}

fn ask(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("connected");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n"
    )
    .expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

fn terminate(child: &Child) {
    assert!(
        Command::new("kill")
            .args(["-TERM", &child.id().to_string()])
            .status()
            .expect("kill runs")
            .success()
    );
}

#[test]
fn the_first_start_makes_a_key_that_only_its_owner_reads() {
    let home = home();
    let done = home.run(&["migrate"]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert_eq!(
        fs::metadata(home.key_file()).expect("a key").permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn a_data_folder_that_the_program_makes_is_closed_to_others() {
    let home = home();
    let data = home.folder.path().join("new/data");
    let done = home.run(&["migrate", "--data", data.to_str().expect("a path")]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert_eq!(
        fs::metadata(&data).expect("a folder").permissions().mode() & 0o777,
        0o700
    );
}

#[test]
fn a_database_without_its_key_is_refused_and_no_new_key_is_made() {
    let home = home();
    assert!(home.run(&["migrate"]).status.success());
    fs::remove_file(home.key_file()).expect("removed");
    let site = home.site();
    let refused = home.run(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--site",
        site.to_str().expect("a path"),
    ]);
    assert!(!refused.status.success());
    let sentence = text(&refused.stderr);
    assert!(
        sentence.contains("key file") && sentence.contains("missing"),
        "{sentence}"
    );
    assert!(!home.key_file().exists());
}

#[test]
fn a_key_that_others_may_read_is_refused() {
    let home = home();
    assert!(home.run(&["migrate"]).status.success());
    fs::set_permissions(home.key_file(), fs::Permissions::from_mode(0o644)).expect("set");
    let refused = home.run(&["migrate"]);
    assert!(!refused.status.success());
    assert!(
        text(&refused.stderr).contains("chmod 0600"),
        "{}",
        text(&refused.stderr)
    );
}

#[test]
fn the_server_starts_answers_lets_commands_in_refuses_a_second_node_and_ends_in_order() {
    let home = home();
    let (mut child, address, _) = home.serve(&[]);
    assert!(ask(&address, "/readyz").starts_with("HTTP/1.1 200"), "ready");
    let page = ask(&address, "/sign-in");
    assert!(
        page.starts_with("HTTP/1.1 200") && page.contains("content-security-policy: "),
        "{page}"
    );

    if home.database.starts_with("sqlite:") {
        let second = home.run(&["migrate"]);
        assert!(!second.status.success());
        assert!(
            text(&second.stderr).contains("in use by another jianxi"),
            "{}",
            text(&second.stderr)
        );
    }
    // The small commands work beside it.
    let agency = "agency create --name 贵阳市人力资源和社会保障局 --level city --division 520100";
    let agency = id_in(&home.run(&agency.split(' ').collect::<Vec<_>>()));
    let account = format!("account create --role admin --agency {agency} --login admin.one --name 周启明");
    let made = home.run(&account.split(' ').collect::<Vec<_>>());
    assert!(made.status.success(), "{}", text(&made.stderr));
    let barred = home.run(&["account", "disable", "--login", "admin.one"]);
    assert!(barred.status.success(), "{}", text(&barred.stderr));
    let doctor = text(&home.run(&["doctor"]).stdout);
    for line in ["✓ database: ", "✓ writing: ", "✓ key file: ", "✓ audit log: "] {
        assert!(doctor.contains(line), "{line}\n{doctor}");
    }
    assert!(ask(&address, "/readyz").starts_with("HTTP/1.1 200"), "still ready");
    terminate(&child);
    assert!(child.wait().expect("ended").success());
    assert!(
        home.run(&["migrate"]).status.success(),
        "the lock is gone with the server"
    );
}

#[test]
fn a_certificate_of_our_own_is_printed_with_its_fingerprint_and_kept() {
    let home = home();
    let mut said = Vec::new();
    for _ in 0..2 {
        let (mut child, _, words) = home.serve(&["--tls", "self-signed"]);
        terminate(&child);
        assert!(child.wait().expect("ended").success());
        assert!(words.contains("https://127.0.0.1:"), "{words}");
        said.push(
            words
                .lines()
                .find(|line| line.trim().len() == 95)
                .expect("a fingerprint")
                .to_owned(),
        );
    }
    assert_eq!(said[0], said[1]);
}

#[test]
fn a_start_without_the_built_site_says_what_to_do() {
    let home = home();
    let empty = home.folder.path().join("empty");
    fs::create_dir(&empty).expect("a folder");
    let refused = home.run(&["serve", "--site", empty.to_str().expect("a path")]);
    assert!(!refused.status.success());
    assert!(
        text(&refused.stderr).contains("make build"),
        "{}",
        text(&refused.stderr)
    );
}

#[test]
fn a_time_that_is_none_stops_the_start() {
    let home = home();
    let refused = home
        .command(&["migrate"])
        .env("JIANXI_NOW", "tomorrow")
        .output()
        .expect("the program runs");
    assert!(!refused.status.success());
    assert!(
        text(&refused.stderr).contains("JIANXI_NOW"),
        "{}",
        text(&refused.stderr)
    );
}
