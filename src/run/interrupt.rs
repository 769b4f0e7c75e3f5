//! Ctrl-C: nothing is lost, and the person is told how to go on.

use crate::store::files;
use crate::terminal::say;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Where finished cells are while a run is in progress.
static KEPT_IN: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Exit code of a program stopped by Ctrl-C, as shells count.
const STOPPED: i32 = 130;

/// Says where finished cells are kept from now on, if anywhere.
pub(super) fn kept_in(folder: Option<&Path>) {
    if let Ok(mut kept) = KEPT_IN.lock() {
        *kept = folder.map(Path::to_owned);
    }
}

/// From now on, Ctrl-C (or being told to end, as schedulers do) says how to go on
/// before the program stops. It may stop at once, since cells and folders are
/// published by renaming; what is half written is removed.
pub fn install() {
    // Without a handler the program still stops, only without the words.
    let _ = ctrlc::set_handler(|| {
        let kept = KEPT_IN.lock().ok().and_then(|kept| kept.clone());
        let how_to_go_on = kept.map_or(String::new(), |folder| {
            let folder = folder.display();
            format!(
                ": finished cells are kept in {folder}\nhelp: the same command with --resume goes on from them"
            )
        });
        files::leaving(|| {
            say(&format!("\nstopped{how_to_go_on}"));
            std::process::exit(STOPPED);
        });
    });
}
