//! How a person is told of what went wrong outside their files: what, where, and what to do.

use std::io::{Error, ErrorKind};
use std::path::Path;

/// What to do about an error of the file system.
pub fn help(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::PermissionDenied => {
            "you have no right to do that there: name a place of your own, or have its permissions changed"
        }
        ErrorKind::NotFound => {
            "a folder on the way there does not exist: make it first, or name another"
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            "a file stands where a folder is meant: name another place, or move the file away"
        }
        ErrorKind::IsADirectory => "a folder stands where a file is meant: name a file",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "there is no room left: make some, and type the same again"
        }
        ErrorKind::FileTooLarge => {
            "the system lets this program write no file that large (ulimit -f says what it lets): have that changed, and type the same again"
        }
        ErrorKind::ReadOnlyFilesystem => "that disk can only be read: name a place on another",
        _ => return None,
    })
}

/// An error as it is said: with what to do about it, unless it says so itself.
pub fn told(error: &anyhow::Error) -> String {
    let said = format!("error: {error:#}");
    if said.contains("\nhelp: ") {
        return said;
    }
    let kind = error.chain().find_map(|cause| cause.downcast_ref::<Error>()).map(Error::kind);
    match kind.and_then(help) {
        Some(help) => format!("{said}\nhelp: {help}"),
        None => said,
    }
}

/// What to do where a file could not be written.
pub fn help_to_write(path: &Path, error: &Error) -> Option<&'static str> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let kind = match folder {
        Some(folder) if folder.exists() && !folder.is_dir() => ErrorKind::NotADirectory,
        Some(folder) if !folder.exists() => ErrorKind::NotFound,
        _ => error.kind(),
    };
    help(kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    #[test]
    fn every_error_of_the_file_system_that_can_be_mended_says_how() {
        let kinds = [
            ErrorKind::PermissionDenied,
            ErrorKind::NotFound,
            ErrorKind::NotADirectory,
            ErrorKind::IsADirectory,
            ErrorKind::StorageFull,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::FileTooLarge,
        ];
        for kind in kinds {
            let error: Result<(), _> = Err(Error::from(kind));
            let error = error.context("cannot write there").expect_err("an error");
            let said = told(&error);
            assert!(said.starts_with("error: cannot write there: "), "{said}");
            assert_eq!(said.matches("\nhelp: ").count(), 1, "{said}");
        }
        let own = anyhow::anyhow!("no\nhelp: say yes");
        assert_eq!(told(&own), "error: no\nhelp: say yes");
    }
}
