//! The experiment that `init` writes, made from the declared keys.

use super::keys::{EXPERIMENT, Key, Kind};

const WIDTH: usize = 80;

/// A commented experiment to start from.
pub fn init_text() -> String {
    let mut text = remark(
        "What to run. `commissim check FILE` reads this file and says what is wrong with it; `commissim run FILE` runs it. Lines that begin with # are remarks: take the # away from a setting to use it.",
    );
    for key in EXPERIMENT {
        text.push('\n');
        match key.kind {
            Kind::Table(inner) => {
                text.push_str(&remark(key.meaning));
                text.push_str(&format!("# [{}]\n", key.name));
                for key in inner {
                    text.push_str(&remark(&about(key)));
                    text.push_str(&format!("# {} = {}\n", key.name, key.example));
                }
            }
            Kind::Tables(inner) => {
                text.push_str(&remark(key.meaning));
                text.push_str(&format!("# [[{}]]\n", key.name));
                let shown = inner.iter().filter(|key| !key.example.is_empty());
                for key in shown.filter(|key| key.name != "name") {
                    text.push_str(&remark(&about(key)));
                    text.push_str(&format!("# {} = {}\n", key.name, key.example));
                }
            }
            Kind::Parameters | Kind::Widths => {
                text.push_str(&remark(key.meaning));
                text.push_str(&format!("# [{}]\n# {}\n", key.name, key.example));
            }
            _ => {
                text.push_str(&remark(&about(key)));
                // `places` stands in for `place`; a file has one of them.
                // So does `precision` for `replicates`.
                let instead = ["places", "precision", "max_replicates"].contains(&key.name);
                let off = if instead { "# " } else { "" };
                text.push_str(&format!("{off}{} = {}\n", key.name, key.example));
            }
        }
    }
    text
}

fn about(key: &Key) -> String {
    let mut about = key.meaning.to_owned();
    if let Kind::Number { low, high, .. } = key.kind
        && high <= 1_000_000.0
    {
        about = format!("{} {low} to {high}.", about);
    }
    if !key.default.is_empty() {
        about = format!("{about} Without this line: {}.", key.default);
    }
    about
}

fn remark(text: &str) -> String {
    let mut lines = String::from("#");
    let mut width = 1;
    for word in text.split_whitespace() {
        if width + 1 + word.chars().count() > WIDTH {
            lines.push_str("\n#");
            width = 1;
        }
        lines.push(' ');
        lines.push_str(word);
        width += 1 + word.chars().count();
    }
    lines + "\n"
}
