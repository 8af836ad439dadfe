//! What `jianxi doctor` says about files: whether their folder can be written and whether the scanner answers.

use super::objects::folder;
use super::scanner::Scanner;
use crate::doctor::Finding;
use std::path::Path;

/// Looks at the folder and asks the scanner; leaves nothing behind.
pub async fn examine(files: &str, clamav: Option<&str>) -> Vec<Finding> {
    vec![place(files), scanner(clamav).await]
}

fn place(files: &str) -> Finding {
    let (sound, sentence) = match folder(files).map(Path::new) {
        Err(error) => (false, error.to_string()),
        Ok(folder) => match std::fs::metadata(folder) {
            Ok(found) if found.is_dir() && !found.permissions().readonly() => (true, folder.display().to_string()),
            Ok(_) => (
                false,
                format!(
                    "{} is no folder that can be written; name another with --files",
                    folder.display()
                ),
            ),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                (true, format!("{} will be made on the first start", folder.display()))
            }
            Err(error) => (false, format!("{}: {error}; check its permissions", folder.display())),
        },
    };
    Finding {
        what: "uploaded files",
        sound,
        sentence,
    }
}

async fn scanner(clamav: Option<&str>) -> Finding {
    let (sound, sentence) = match clamav.map(Scanner::parse) {
        None => (
            true,
            "none; every upload says so. Name a clamd with --clamav to have them scanned".to_owned(),
        ),
        Some(Err(error)) => (false, error.to_string()),
        Some(Ok(scanner)) => match scanner.ping().await {
            Ok(()) => (true, "answers".to_owned()),
            Err(cause) => (
                false,
                format!("gives no answer ({cause}); uploads wait until it does. Start clamd, or correct --clamav"),
            ),
        },
    };
    Finding {
        what: "virus scanner",
        sound,
        sentence,
    }
}
