//! Files that are nearly right: bytes flipped and cut, pieces of other files put in, numbers
//! replaced by extremes, keys and lines moved, values nested.

use commissim::draws::philox;

/// Chance of one case: a function of the seed and the case's number.
pub struct Luck {
    key: [u64; 2],
    drawn: u64,
}

impl Luck {
    pub fn of(seed: u64, case: u64) -> Self {
        Self { key: [seed, case], drawn: 0 }
    }

    pub fn next(&mut self) -> u64 {
        self.drawn += 1;
        philox(self.key, self.drawn)[0]
    }

    /// A number below `n`; of nothing, nought.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn of_these<'a, T: ?Sized>(&mut self, these: &[&'a T]) -> &'a T {
        these[self.below(these.len())]
    }

    /// A stretch of so many bytes, often short.
    fn stretch(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let most = if self.one_in(4) { length } else { 24 };
        let end = start + self.below(most + 1).min(length - start);
        start..end
    }
}

/// Numbers at the ends of what numbers are, and beyond.
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "-1",
    "1",
    "2",
    "0.0",
    "-0.0",
    "0.5",
    "1e-320",
    "1e308",
    "1e309",
    "-1e309",
    "1e999",
    "nan",
    "-nan",
    "inf",
    "-inf",
    "+1",
    "1_000",
    "1__0",
    "01",
    "1.",
    ".5",
    "1e",
    "0x7fffffffffffffff",
    "0o17",
    "0b1",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "4294967295",
    "4294967296",
    "2147483648",
    "65535",
    "65536",
    "16777215",
    "16777216",
    "1000000000000",
    "9007199254740993",
    "100000000000000000000000000000000000000000",
    "0.1e-400",
    "12",
    "40",
    "41",
    "64",
    "65",
    "1000000",
    "1000001",
    "4095",
    "4096",
    "1990-01",
    "2100-12",
];

/// Words of every kind that some file may hold, and some that none may.
const WORDS: &[&str] = &[
    "",
    " ",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "=",
    "==",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "#",
    ",",
    ",,",
    ".",
    "..",
    "/",
    "\\",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\0",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
    "é",
    "日本",
    "🂡",
    "\u{301}",
    "“",
    "”",
    "−",
    "≤",
    "%",
    "true",
    "false",
    "null",
    "dorset",
    "town",
    "england",
    "scotland",
    "dozen",
    "status-quo",
    "tendering",
    "isf-default",
    "tendering+isf-default",
    "community-sourcing",
    "placebo",
    "mine.toml",
    "./mine.toml",
    "../mine.toml",
    "people.csv",
    "like",
    "place",
    "places",
    "regimes",
    "levers",
    "change",
    "year",
    "month",
    "parameters",
    "structure",
    "off",
    "uncertainty",
    "draws",
    "design",
    "sobol",
    "grid",
    "morris",
    "stress",
    "kind",
    "custom",
    "economics",
    "thresholds",
    "precision",
    "widths",
    "beliefs",
    "agnostic",
    "2015-04",
    "2015-13",
    "\"2%\"",
    "200%",
    "default_effect",
    "self_funder_share",
    "catalysts",
    "procurement",
    "choice.fit",
    "cost.public_per_person",
    "clients",
    "older",
    "status_quo",
    "keeps",
    "neighbourhoods",
    "people",
    "providers",
];

/// A mutated copy of one of some files; bytes of the others may be put in.
pub fn mutated(luck: &mut Luck, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = corpus[luck.below(corpus.len())].clone();
    let often = if luck.one_in(2) { 1 } else { 1 + luck.below(5) };
    for _ in 0..often {
        once(luck, &mut bytes, corpus);
    }
    bytes
}

fn once(luck: &mut Luck, bytes: &mut Vec<u8>, corpus: &[Vec<u8>]) {
    match luck.below(20) {
        0 => {
            if !bytes.is_empty() {
                let at = luck.below(bytes.len());
                bytes[at] ^= 1 << luck.below(8);
            }
        }
        1 => {
            let at = luck.below(bytes.len() + 1);
            let more: Vec<u8> = (0..=luck.below(8)).map(|_| luck.next() as u8).collect();
            bytes.splice(at..at, more);
        }
        2 => drop(bytes.drain(luck.stretch(bytes.len()))),
        3 => {
            let piece = bytes[luck.stretch(bytes.len())].to_vec();
            let at = luck.below(bytes.len() + 1);
            bytes.splice(at..at, piece);
        }
        4 => {
            let other = &corpus[luck.below(corpus.len())];
            let piece = other[luck.stretch(other.len())].to_vec();
            let stretch = luck.stretch(bytes.len());
            bytes.splice(stretch, piece);
        }
        5 => bytes.truncate(luck.below(bytes.len() + 1)),
        6..=9 => number(luck, bytes),
        10 | 11 => word(luck, bytes),
        12 => {
            let at = luck.below(bytes.len() + 1);
            bytes.splice(at..at, luck.of_these(WORDS).bytes());
        }
        13..=15 => lines(luck, bytes),
        16 => nested(luck, bytes),
        17 => ends(luck, bytes),
        18 => {
            // The same many times over.
            let piece = bytes[luck.stretch(bytes.len())].to_vec();
            let piece = &piece[..piece.len().min(40)];
            let at = luck.below(bytes.len() + 1);
            let often = 1 << luck.below(10);
            bytes.splice(at..at, piece.repeat(often));
        }
        _ => {
            let (one, other) = (luck.stretch(bytes.len()), luck.stretch(bytes.len()));
            let piece = bytes[one].to_vec();
            bytes.splice(other, piece);
        }
    }
    bytes.truncate(MOST);
}

/// Bytes of a case at most.
const MOST: usize = 1 << 18;

/// Stretches of bytes of one kind.
fn stretches(bytes: &[u8], kind: impl Fn(u8) -> bool) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, byte) in bytes.iter().enumerate() {
        match (kind(*byte), start) {
            (true, None) => start = Some(at),
            (false, Some(begun)) => {
                found.push(begun..at);
                start = None;
            }
            _ => {}
        }
    }
    found.extend(start.map(|begun| begun..bytes.len()));
    found
}

/// Replaces a number.
fn number(luck: &mut Luck, bytes: &mut Vec<u8>) {
    let found = stretches(bytes, |b| b.is_ascii_digit() || b == b'.');
    let found: Vec<_> =
        found.into_iter().filter(|at| bytes[at.clone()].iter().any(u8::is_ascii_digit)).collect();
    if found.is_empty() {
        return;
    }
    let at = found[luck.below(found.len())].clone();
    let new = match luck.below(3) {
        0 => (luck.next() as i64 >> luck.below(64)).to_string(),
        _ => luck.of_these(NUMBERS).to_owned(),
    };
    bytes.splice(at, new.bytes());
}

/// Replaces a word by one of this file or another.
fn word(luck: &mut Luck, bytes: &mut Vec<u8>) {
    let found = stretches(bytes, |b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if found.is_empty() {
        return;
    }
    let at = found[luck.below(found.len())].clone();
    let new = match luck.one_in(2) {
        true => bytes[found[luck.below(found.len())].clone()].to_vec(),
        false => luck.of_these(WORDS).as_bytes().to_vec(),
    };
    bytes.splice(at, new);
}

/// Moves, doubles, swaps or drops lines.
fn lines(luck: &mut Luck, bytes: &mut Vec<u8>) {
    let mut lines: Vec<Vec<u8>> =
        bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return;
    }
    let (one, other) = (luck.below(lines.len()), luck.below(lines.len()));
    match luck.below(4) {
        0 => lines.swap(one, other),
        1 => {
            let line = lines[one].clone();
            lines.insert(other, line);
        }
        2 => drop(lines.remove(one)),
        _ => {
            // The key of one line with the value of another.
            let part = |line: &[u8]| line.iter().position(|b| matches!(b, b'=' | b',' | b':'));
            if let (Some(key), Some(value)) = (part(&lines[one]), part(&lines[other])) {
                let joined = [&lines[one][..key], &lines[other][value..]].concat();
                lines[one] = joined;
            }
        }
    }
    *bytes = lines.concat();
}

/// Puts a stretch into brackets, many deep at times.
fn nested(luck: &mut Luck, bytes: &mut Vec<u8>) {
    let deep = 1 << luck.below(15);
    let (open, close) = luck.of_these(&[
        &("[", "]"),
        &("{ a = ", " }"),
        &("{\"a\":", "}"),
        &("a.", ""),
        &("\"", "\""),
    ]);
    let stretch = luck.stretch(bytes.len());
    let inside = bytes[stretch.clone()].to_vec();
    let closed = if luck.one_in(3) { 0 } else { deep };
    let new = [open.repeat(deep).into_bytes(), inside, close.repeat(closed).into_bytes()].concat();
    bytes.splice(stretch, new);
}

/// Line ends and marks of other systems.
fn ends(luck: &mut Luck, bytes: &mut Vec<u8>) {
    match luck.below(4) {
        0 => drop(bytes.splice(0..0, [0xef, 0xbb, 0xbf])),
        1 => {
            // UTF-16, as some editors call Unicode.
            *bytes = [0xff, 0xfe].into_iter().chain(bytes.iter().flat_map(|b| [*b, 0])).collect();
        }
        2 => *bytes = bytes.iter().map(|b| if *b == b'\n' { b'\r' } else { *b }).collect(),
        _ => {
            let to = |b: &u8| if *b == b'\n' { vec![b'\r', b'\n'] } else { vec![*b] };
            *bytes = bytes.iter().flat_map(to).collect();
        }
    }
}

/// A word or two for the command line, often one that means something.
pub fn typed(luck: &mut Luck, known: &[&str]) -> String {
    let mut text = String::new();
    for _ in 0..=luck.below(3) {
        match luck.below(4) {
            0 => text.push_str(luck.of_these(NUMBERS)),
            1 => text.push_str(luck.of_these(WORDS)),
            2 => text.extend(char::from_u32(luck.next() as u32 & 0x1f_ffff)),
            _ => text.push_str(luck.of_these(known)),
        }
    }
    text
}
