//! The walls of the house (architecture.md §1): which crate may know which, that `sqlx` stays in `store`, that the
//! browser downloads nothing of the server, and that files stay small enough to read.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Over this a file is worth a look; the test names it.
const LONG: usize = 400;
/// Over this a file has become two, and the test fails.
const TOO_LONG: usize = 600;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the server crate stands in the workspace")
        .to_path_buf()
}

/// What `cargo` answers. Never uses the network: `cargo fetch` has been there before (.ci/tools).
fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(arguments)
        .args(["--offline", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "cargo {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("cargo speaks UTF-8")
}

fn workspace_packages() -> Vec<Value> {
    let metadata: Value = serde_json::from_str(&cargo(&["metadata", "--no-deps", "--format-version", "1"])).unwrap();
    metadata["packages"]
        .as_array()
        .expect("metadata lists packages")
        .clone()
}

/// Files below `folder` with this extension, without what was built or installed.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)
        .expect("a readable folder")
        .map(|entry| entry.unwrap().path())
    {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if entry.is_dir() && !name.starts_with('.') && name != "target" && name != "node_modules" {
            found.extend(files(&entry, extension));
        } else if entry.extension().is_some_and(|own| own == extension) {
            found.push(entry);
        }
    }
    found.sort();
    found
}

#[test]
fn crates_know_only_what_the_arrows_allow() {
    let allowed: [(&str, &[&str]); 6] = [
        ("domain", &[]),
        ("store", &["domain"]),
        ("service", &["domain", "store"]),
        ("app", &["domain", "service"]),
        ("server", &["app", "domain", "service"]),
        ("frontend", &["app"]),
    ];
    let packages = workspace_packages();
    let names: BTreeSet<&str> = packages
        .iter()
        .map(|package| package["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        allowed.iter().map(|(name, _)| *name).collect(),
        "a new crate needs its arrows here"
    );

    for (name, may_know) in allowed {
        let package = packages.iter().find(|package| package["name"] == name).unwrap();
        let knows: BTreeSet<&str> = package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|dependency| dependency["kind"] != "dev")
            .filter_map(|dependency| dependency["name"].as_str())
            .filter(|dependency| names.contains(dependency))
            .collect();
        assert_eq!(
            knows,
            may_know.iter().copied().collect(),
            "what {name} knows of this workspace"
        );
    }
}

#[test]
fn the_app_knows_the_service_on_the_server_only() {
    let packages = workspace_packages();
    let app = packages.iter().find(|package| package["name"] == "app").unwrap();
    let service = app["dependencies"]
        .as_array()
        .unwrap()
        .iter()
        .find(|dependency| dependency["name"] == "service");
    assert_eq!(
        service.unwrap()["optional"],
        true,
        "service is an optional dependency of app"
    );

    let features = app["features"].as_object().unwrap();
    let turns_on_service = |feature: &Value| feature.as_array().unwrap().iter().any(|item| item == "dep:service");
    let with_service: Vec<&String> = features
        .iter()
        .filter(|(_, items)| turns_on_service(items))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(with_service, ["ssr"]);
    assert_eq!(
        features["default"],
        Value::Array(Vec::new()),
        "neither side of app is the default"
    );
}

#[test]
fn the_browser_downloads_nothing_of_the_server() {
    let tree = cargo(&[
        "tree",
        "-p",
        "frontend",
        "--target",
        "wasm32-unknown-unknown",
        "-e",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]);
    let crates: BTreeSet<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(
        crates.contains("leptos") && crates.contains("domain"),
        "this is the tree of the frontend: {crates:?}"
    );

    let server_side = |name: &&&str| {
        matches!(
            **name,
            "store" | "service" | "server" | "tokio" | "hyper" | "rustls" | "argon2"
        ) || name.starts_with("sqlx")
            || name.starts_with("axum")
    };
    let found: Vec<&&str> = crates.iter().filter(server_side).collect();
    assert!(found.is_empty(), "the WASM of the browser would carry {found:?}");
}

#[test]
fn sql_is_spoken_in_the_store_only() {
    let root = root();
    let store = root.join("server/store");
    let this = root.join("server/tests/house.rs");
    let mut found = Vec::new();
    for folder in ["app", "server", "frontend"] {
        let sources = files(&root.join(folder), "rs").into_iter().filter(|file| *file != this);
        for file in sources
            .chain(files(&root.join(folder), "toml"))
            .filter(|file| !file.starts_with(&store))
        {
            let text = fs::read_to_string(&file).unwrap();
            let mentions = text.lines().enumerate().filter(|(_, line)| {
                let line = line.trim_start();
                line.contains("sqlx")
                    && !line.starts_with("//")
                    && !line.starts_with('#')
                    && !line.starts_with("description")
            });
            found.extend(mentions.map(|(number, line)| format!("{}:{}: {line}", file.display(), number + 1)));
        }
    }
    assert!(found.is_empty(), "sqlx outside store:\n{}", found.join("\n"));
}

#[test]
fn files_stay_short_enough_to_read() {
    let root = root();
    let mut too_long = Vec::new();
    for file in ["app", "server", "frontend"]
        .iter()
        .flat_map(|folder| files(&root.join(folder), "rs"))
    {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        let line = format!("{lines} lines: {}", file.strip_prefix(&root).unwrap().display());
        if lines > LONG {
            println!("{line}");
        }
        if lines > TOO_LONG {
            too_long.push(line);
        }
    }
    assert!(
        too_long.is_empty(),
        "these files have become two:\n{}",
        too_long.join("\n")
    );
}
