//! The built site on disk: how its files are named, what is missing from it, and what a phone keeps for use without a
//! network. The build puts a hash into the name of everything under `pkg/`.

use leptos::config::{Env, LeptosOptions, get_configuration};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder of the build inside the site.
pub const PKG: &str = "pkg";
/// The name that the build gives its files.
const NAME: &str = "jianxi";
/// Split-off code of the pages that the worker shows without a network, by the name that the app's `lazy_pages!` gives it.
/// Nothing else is kept: other roles' code never, and registration needs the network anyway.
const KEPT_PAGES: &str = "trainee";

/// The built site.
#[derive(Debug, Clone)]
pub struct Site {
    root: PathBuf,
    hashes: BTreeMap<String, String>,
}

impl Site {
    /// Looks at the site in `root`; `hash_file` names its hashes, one `kind: hash` a line, and is absent in development.
    #[must_use]
    pub fn open(root: PathBuf, hash_file: &Path) -> Self {
        let hashes = fs::read_to_string(hash_file)
            .unwrap_or_default()
            .lines()
            .filter_map(|line| line.split_once(':'))
            .map(|(kind, hash)| (kind.trim().to_owned(), hash.trim().to_owned()))
            .collect();
        Self { root, hashes }
    }

    /// Where the framework looks for the hashes: beside the program.
    #[must_use]
    pub fn hash_file() -> PathBuf {
        std::env::current_exe().unwrap_or_default().with_file_name("hash.txt")
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether names carry hashes.
    #[must_use]
    pub fn is_hashed(&self) -> bool {
        !self.hashes.is_empty()
    }

    /// What the framework must know about the site.
    #[must_use]
    pub fn leptos(&self) -> LeptosOptions {
        // `cargo leptos watch` says by the environment where its reload socket listens.
        let watched = if std::env::var_os("LEPTOS_WATCH").is_some() {
            get_configuration(None).ok()
        } else {
            None
        };
        let mut options = watched.map_or_else(
            || LeptosOptions::builder().output_name(NAME).env(Env::PROD).build(),
            |file| file.leptos_options,
        );
        options.site_root = self.root.to_string_lossy().into();
        options.site_pkg_dir = PKG.into();
        options.hash_files = self.is_hashed();
        options
    }

    /// What every page needs: style sheet, script, WASM.
    #[must_use]
    pub fn entry(&self) -> [PathBuf; 3] {
        ["css", "js", "wasm"].map(|kind| match self.hashes.get(kind) {
            Some(hash) => Path::new(PKG).join(format!("{NAME}.{hash}.{kind}")),
            None => Path::new(PKG).join(format!("{NAME}.{kind}")),
        })
    }

    /// The files of [`entry`](Self::entry) that are not there.
    #[must_use]
    pub fn missing(&self) -> Vec<PathBuf> {
        self.entry()
            .into_iter()
            .map(|file| self.root.join(file))
            .filter(|file| !file.is_file())
            .collect()
    }

    /// The addresses of what a trainee's phone keeps, sorted: the build as far as the kept pages need it, icons, manifest, and
    /// the page for what was not kept.
    ///
    /// # Errors
    /// When the folder cannot be read, or the list of split-off code is not JSON.
    pub fn precache(&self) -> io::Result<Vec<String>> {
        let chunks = self.chunks()?;
        let mut kept = Vec::new();
        for file in self.files(Path::new(""))? {
            let Some(name) = file.file_name().and_then(|name| name.to_str()) else {
                continue;
            };
            let in_pkg = file.starts_with(PKG);
            let wanted = match file.extension().and_then(|extension| extension.to_str()) {
                // Pictures in PNG are for the home screen, which fetches them when the app is installed.
                Some("br" | "gz" | "map" | "txt" | "ts" | "png") | None => false,
                Some("json") if in_pkg => false,
                Some("wasm") if in_pkg => match chunks.get(name.trim_end_matches(".wasm")) {
                    Some(kept_page) => *kept_page,
                    None => self.entry().contains(&file),
                },
                Some(_) => name != "service-worker.js",
            };
            if wanted {
                kept.push(format!("/{}", file.to_string_lossy()));
            }
        }
        kept.sort_unstable();
        Ok(kept)
    }

    /// Every split-off piece of code, and whether a kept page needs it.
    fn chunks(&self) -> io::Result<BTreeMap<String, bool>> {
        let name = match self.hashes.get("manifest") {
            Some(hash) => format!("__wasm_split_manifest.{hash}.json"),
            None => "__wasm_split_manifest.json".to_owned(),
        };
        let text = match fs::read_to_string(self.root.join(PKG).join(name)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(error) => return Err(error),
        };
        let by_route: BTreeMap<String, Vec<String>> = serde_json::from_str(&text)?;
        let mut chunks = BTreeMap::new();
        let mut found = false;
        for (route, pieces) in by_route {
            // A hash follows the name.
            let is_kept = route.rsplit_once('_').is_some_and(|(name, _)| name == KEPT_PAGES);
            found |= is_kept;
            for piece in pieces {
                *chunks.entry(piece).or_insert(false) |= is_kept;
            }
        }
        if !found {
            return Err(io::Error::other(format!(
                "the build has no download named {KEPT_PAGES}"
            )));
        }
        Ok(chunks)
    }

    /// All files below `folder`, by their path inside the site; hidden ones are left out.
    fn files(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(self.root.join(folder))? {
            let entry = entry?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let path = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                files.extend(self.files(&path)?);
            } else {
                files.push(path);
            }
        }
        Ok(files)
    }
}

/// Whether a file's name carries the hash of its content (the build's: MD5 as 22 characters of base64url), so that it can
/// be kept for ever.
#[must_use]
pub fn is_named_by_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let parts: Vec<&str> = name.split('.').collect();
    parts.len() >= 3
        && parts[parts.len() - 2].len() == 22
        && parts[parts.len() - 2]
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(folder: &Path) -> Site {
        let pkg = folder.join(PKG);
        fs::create_dir_all(folder.join("icons")).expect("a folder");
        fs::create_dir_all(&pkg).expect("a folder");
        for file in [
            "jianxi.AAAA.js",
            "jianxi.BBBB.wasm",
            "jianxi.BBBB.wasm.br",
            "jianxi.CCCC.css",
            "__wasm_split.DDDD.js",
            "split_trainee.1.wasm",
            "split_board.2.wasm",
            "chunk_3.wasm",
            "chunk_4.wasm",
            "stray.wasm",
        ] {
            fs::write(pkg.join(file), "x").expect("written");
        }
        fs::write(
            pkg.join("__wasm_split_manifest.EEEE.json"),
            r#"{"trainee_17":["chunk_3","split_trainee.1"],"registration_19":["chunk_4"],"trainee_board_18":["chunk_3","chunk_4","split_board.2"]}"#,
        )
        .expect("written");
        for file in [
            "icons/any.png",
            "icons/icon.svg",
            "manifest.webmanifest",
            "offline.html",
            "service-worker.js",
            "robots.txt",
            "icon.svg.gz",
        ] {
            fs::write(folder.join(file), "x").expect("written");
        }
        let hash_file = folder.join("hash.txt");
        fs::write(
            &hash_file,
            "js: AAAA\nwasm: BBBB\ncss: CCCC\nmanifest: EEEE\nsplit: DDDD\n",
        )
        .expect("written");
        Site::open(folder.to_owned(), &hash_file)
    }

    #[test]
    fn a_phone_keeps_what_a_trainee_needs_and_no_other_roles_code() {
        let folder = tempfile::tempdir().expect("a folder");
        let site = built(folder.path());
        assert!(site.missing().is_empty());
        assert_eq!(
            site.precache().expect("a list"),
            [
                "/icons/icon.svg",
                "/manifest.webmanifest",
                "/offline.html",
                "/pkg/__wasm_split.DDDD.js",
                "/pkg/chunk_3.wasm",
                "/pkg/jianxi.AAAA.js",
                "/pkg/jianxi.BBBB.wasm",
                "/pkg/jianxi.CCCC.css",
                "/pkg/split_trainee.1.wasm",
            ]
        );
    }

    #[test]
    fn an_empty_folder_misses_the_three_entry_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let site = Site::open(folder.path().to_owned(), &folder.path().join("hash.txt"));
        assert_eq!(site.missing().len(), 3);
        assert!(!site.is_hashed());
    }

    #[test]
    fn only_a_name_with_a_hash_is_kept_for_ever() {
        assert!(is_named_by_hash("jianxi.Zm9vYmFyYmF6cXV4MTIzNA.wasm"));
        assert!(is_named_by_hash("snippets/a/inline0.Zm9vYmFyYmF6cXV4MTIz-_.js"));
        assert!(!is_named_by_hash("jianxi.wasm"));
        assert!(!is_named_by_hash("jianxi.Zm9v.wasm"));
        assert!(!is_named_by_hash("Zm9vYmFyYmF6cXV4MTIzNA.wasm"));
    }
}
