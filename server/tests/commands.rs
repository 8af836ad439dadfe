//! What the commands beside `serve` do and refuse.

#[path = "support/program.rs"]
mod program;
mod support;

use program::*;
use std::fs;

#[test]
fn demo_data_is_never_poured_over_other_data() {
    let home = home();
    let filled = home.run(&["demo", "--print-json"]);
    assert!(filled.status.success(), "{}", text(&filled.stderr));
    let people: serde_json::Value = serde_json::from_slice(&filled.stdout).expect("only JSON on standard output");
    assert!(
        people
            .as_array()
            .is_some_and(|people| people.iter().any(|person| person["role"] == "trainee"))
    );
    assert!(!home.run(&["demo"]).status.success(), "a second time");
    let again = home.run(&["demo", "--if-empty"]);
    assert!(
        again.status.success() && again.stdout.is_empty(),
        "{}",
        text(&again.stdout)
    );
}

#[test]
fn a_staff_account_shows_its_secrets_once_and_the_next_steps() {
    let home = home();
    assert!(home.run(&["demo", "--print-json"]).status.success());
    let bare = home.run(&["account", "disable", "--login", "nobody"]);
    assert!(text(&bare.stderr).contains("holds demo data"), "{}", text(&bare.stderr));
    let run = |arguments: &[&str]| home.run(&[arguments, &["--demo"]].concat());
    let create = [
        "account",
        "create",
        "--role",
        "operator",
        "--name",
        "周启明",
        "--login",
        "zhou.qiming",
        "--host",
    ];
    let unknown = run(&[&create[..], &["没有这个单位"]].concat());
    assert!(!unknown.status.success());
    assert!(text(&unknown.stderr).contains("--host: "), "{}", text(&unknown.stderr));
    let trainee = run(&[
        "account",
        "create",
        "--role",
        "trainee",
        "--name",
        "周启明",
        "--login",
        "zhou",
    ]);
    assert!(
        text(&trainee.stderr).contains("trainees register themselves"),
        "{}",
        text(&trainee.stderr)
    );

    let auditor = [
        "account",
        "create",
        "--role",
        "auditor",
        "--name",
        "周启明",
        "--login",
        "zhou.qiming",
        "--agency",
        "贵阳市人力资源和社会保障局",
    ];
    let created = run(&auditor);
    assert!(created.status.success(), "{}", text(&created.stderr));
    let said = text(&created.stdout);
    assert!(
        said.contains("初始密码") && said.contains("otpauth://totp/") && said.contains("接下来"),
        "{said}"
    );
    let twice = run(&auditor);
    assert!(text(&twice.stderr).contains("--login: "), "{}", text(&twice.stderr));
    assert!(run(&["account", "disable", "--login", "zhou.qiming"]).status.success());
    assert!(!run(&["account", "disable", "--login", "nobody"]).status.success());
}

/// The id that a command printed.
#[test]
fn an_empty_database_gets_its_agency_then_its_host_then_its_accounts() {
    let home = home();
    assert!(home.run(&["migrate"]).status.success());
    let agency = "agency create --name 贵阳市人力资源和社会保障局 --level city --division 520100";
    let agency = id_in(&home.run(&agency.split(' ').collect::<Vec<_>>()));
    let host = format!(
        "host create --name 贵州云上数据服务有限公司 --credit-code 91350100M000100Y43 --division 520115 \
         --address 长岭北路1号 --certified-by {agency}"
    );
    let made = home.run(&host.split(' ').collect::<Vec<_>>());
    let host = id_in(&made);
    let next = format!("jianxi account create --role operator --host {host}");
    assert!(text(&made.stdout).contains(&next), "{}", text(&made.stdout));
    for (role, of, id) in [("operator", "--host", &host), ("admin", "--agency", &agency)] {
        let login = format!("{role}.one");
        let account = [
            "account",
            "create",
            "--role",
            role,
            of,
            id,
            "--login",
            &login,
            "--name",
            "周启明",
        ];
        let done = home.run(&account);
        assert!(done.status.success(), "{}", text(&done.stderr));
    }
}

#[test]
fn the_doctor_names_what_is_wrong_and_changes_nothing() {
    let home = home();
    let before = home.run(&["doctor"]);
    assert!(!before.status.success());
    if home.database.starts_with("sqlite:") {
        assert!(
            text(&before.stdout).contains("✗ database: "),
            "{}",
            text(&before.stdout)
        );
        assert!(!home.folder.path().join("jianxi.db").exists(), "nothing was made");
    }
    assert!(!home.key_file().exists());
    assert!(home.run(&["migrate"]).status.success());
    let after = text(&home.run(&["doctor"]).stdout);
    for line in [
        "✓ database: ",
        "✓ schema: ",
        "✓ writing: ",
        "✓ key file: ",
        "✓ audit log: ",
        "✓ clock: ",
        "✓ uploaded files: ",
        "✓ virus scanner: none",
        "✓ text messages: off",
        "✓ push messages: off",
        "✓ TLS: ",
        "✓ identity check: ",
    ] {
        assert!(after.contains(line), "{line}\n{after}");
    }
    let push_key = home.folder.path().join("push.key");
    let push = [
        "--push-key-file",
        &push_key.display().to_string(),
        "--push-subject",
        "mailto:it@example.gov.cn",
        "doctor",
    ];
    let told = text(&home.run(&push).stdout);
    assert!(told.contains("✓ push messages: on") && !push_key.exists(), "{told}");
    let half = text(&home.run(&["--sms-url", "http://sms.example.com/send", "doctor"]).stdout);
    assert!(
        half.contains("✗ text messages: "),
        "plain http leaves the machine: {half}"
    );
    fs::remove_file(home.key_file()).expect("removed");
    let without = text(&home.run(&["doctor"]).stdout);
    assert!(without.contains("✗ key file: "), "{without}");
}
