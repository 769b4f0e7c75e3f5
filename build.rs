//! Tells the program which code it was built from, so that results can name it.

use std::process::Command;

fn main() {
    // Built from a published package there is no git, and nothing to watch but the sources.
    let git = |args: &[&str]| {
        let output = Command::new("git").args(args).output().ok().filter(|o| o.status.success())?;
        String::from_utf8(output.stdout).ok().map(|text| text.trim().to_owned())
    };
    let log = git(&["rev-parse", "--git-path", "logs/HEAD"]);
    let built_from = ["src", "data", "scenarios", "Cargo.toml", "Cargo.lock", "build.rs"];
    for path in built_from.iter().copied().chain(log.as_deref()) {
        if std::path::Path::new(path).exists() {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    let here = git(&["ls-files", "--error-unmatch", "build.rs"]);
    let commit = here.and_then(|_| git(&["rev-parse", "HEAD"])).unwrap_or("unknown".to_owned());
    let status = ["status", "--porcelain", "--"].iter().chain(&built_from).copied();
    let changed = git(&status.collect::<Vec<_>>()).is_some_and(|changes| !changes.is_empty());
    let rustc = std::env::var_os("RUSTC").and_then(|rustc| {
        let output = Command::new(rustc).arg("--version").output().ok()?;
        Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
    });
    println!("cargo::rustc-env=COMMISSIM_RUSTC={}", rustc.unwrap_or("unknown".to_owned()));
    println!("cargo::rustc-env=COMMISSIM_COMMIT={commit}");
    println!("cargo::rustc-env=COMMISSIM_MODIFIED={}", commit != "unknown" && changed);
}
