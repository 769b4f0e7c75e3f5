//! The page as a PDF, by a browser that is installed.

use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Names that Chromium and Chrome go by.
const BROWSERS: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Where Chromium or Chrome is, on the path of programs; `CHROME` names another.
fn browser() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CHROME").filter(|named| !named.is_empty()) {
        return Some(named.into());
    }
    let paths = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&paths).collect();
    let there = |name: &str| folders.iter().map(|f| f.join(name)).find(|path| path.is_file());
    BROWSERS.iter().find_map(|name| there(name))
}

/// The bytes of a page printed to PDF.
///
/// # Errors
///
/// When no browser is installed, or it cannot print; what to do instead is said.
pub fn printed(page: &[u8], beside: &Path) -> anyhow::Result<Vec<u8>> {
    let Some(browser) = browser() else {
        bail!(
            "no Chromium or Chrome was found, and it takes one to make a PDF of the page\nhelp: install one, or name it in the environment variable CHROME; or open {} in any browser and print it to PDF",
            beside.join(super::PAGE).display()
        );
    };
    let folder = std::env::temp_dir().join(format!("commissim-print-{}", std::process::id()));
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let made = print(&browser, page, &folder);
    // Left behind it would be in nobody's way.
    let _ = std::fs::remove_dir_all(&folder);
    made
}

fn print(browser: &Path, page: &[u8], folder: &Path) -> anyhow::Result<Vec<u8>> {
    let (html, pdf) = (folder.join("page.html"), folder.join("page.pdf"));
    std::fs::write(&html, page).with_context(|| format!("cannot write {}", html.display()))?;
    let shown = browser.display();
    let ended = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg("--no-pdf-header-footer")
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(&html)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .with_context(|| format!("cannot start {shown}"))?;
    match std::fs::read(&pdf) {
        Ok(bytes) if bytes.starts_with(b"%PDF") => Ok(bytes),
        _ => bail!("{shown} made no PDF ({ended})\nhelp: open the page in a browser and print it"),
    }
}
