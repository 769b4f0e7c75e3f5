//! The program's own sources, for tests about how it is written.

use std::path::{Path, PathBuf};

/// A source file of the program.
pub struct File {
    /// Its path, such as `src/model/market.rs`.
    pub path: String,
    /// All of it.
    pub text: String,
    /// What runs: without comments, the insides of strings, and tests; line for line
    /// as in the file.
    pub code: String,
}

impl File {
    /// The module it is, such as `market`.
    pub fn stem(&self) -> &str {
        Path::new(&self.path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
    }
}

/// Every source file below a folder, in order of path; files of tests are left out.
pub fn below(folder: &str) -> Vec<File> {
    let mut paths = Vec::new();
    collect(Path::new(folder), &mut paths);
    paths.sort();
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).expect("a source file");
        let path = path.to_string_lossy().replace('\\', "/");
        File { path, code: code(&text), text }
    };
    paths.iter().map(read).collect()
}

/// The files of the model: `src/model.rs` and what is below `src/model`.
pub fn model() -> Vec<File> {
    let all = below("src").into_iter();
    all.filter(|file| file.path.starts_with("src/model/") || file.path == "src/model.rs").collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a folder can be listed").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, paths);
        } else if name.ends_with(".rs") && name != "tests.rs" && name != "made_up.rs" {
            paths.push(path);
        }
    }
}

/// The text without comments, the insides of strings, and the tests at its end.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len());
    let mut code = String::new();
    let mut rest = text[..end].chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            '/' if rest.peek() == Some(&'/') => {
                while rest.peek().is_some_and(|next| *next != '\n') {
                    rest.next();
                }
            }
            '"' => {
                code.push('"');
                while let Some(inside) = rest.next() {
                    match inside {
                        '\\' => _ = rest.next(),
                        '"' => break,
                        '\n' => code.push('\n'),
                        _ => {}
                    }
                }
                code.push('"');
            }
            // A quotation mark as a character begins no string.
            '\'' if rest.clone().nth(1) == Some('\'') => {
                rest.nth(1);
            }
            letter => code.push(letter),
        }
    }
    code
}

/// Where `word` stands in code as a whole word.
pub fn has_word(code: &str, word: &str) -> bool {
    let part_of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        // Where the word begins with a point, what stands before it is of no account.
        let begins = !word.starts_with(part_of_name) || !before.is_some_and(part_of_name);
        begins && !after.is_some_and(part_of_name)
    })
}

/// The line that a byte of a text is on, from 1.
pub fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

#[test]
fn code_is_what_runs() {
    let text =
        "let a = \"// \\\" 7\"; // 8\nlet b = '\"'; /// 9\nc(10)\n#[cfg(test)]\nmod tests {}";
    assert_eq!(code(text), "let a = \"\"; \nlet b = ; \nc(10)\n");
    assert!(has_word("a.lots + b", ".lots") && !has_word("a.lots_more", ".lots"));
    assert!(has_word("rand::x", "rand") && !has_word("brand::x", "rand"));
}
