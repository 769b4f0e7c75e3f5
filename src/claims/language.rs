//! The language of claims: what is written, and where each word of it stands.
//!
//! ```text
//! CLAIM  = PART, or PART `and` CLAIM
//! PART   = REGIME FIGURE OP REGIME [MARGIN], or REGIME FIGURE OP NUMBER
//! FIGURE = METRIC [`[`GROUP`=`VALUE`]`] [`@`PERIOD], or `stress.`KIND`.`MEASURE`.`METRIC
//! OP     = `<`, `<=`, `>` or `>=`
//! MARGIN = a number with its sign, such as `+0.5`, or `-2%`
//! ```

use super::Op;
use std::ops::Range;
use winnow::LocatingSlice;
use winnow::ascii::{multispace0, multispace1};
use winnow::combinator::{alt, cut_err, delimited, eof, opt, preceded, separated_pair};
use winnow::error::{StrContext, StrContextValue};
use winnow::prelude::*;
use winnow::token::{one_of, take_while};

/// A word, and where in the claim it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// Its bytes.
    pub span: Range<usize>,
}

/// One comparison as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The regime on the left.
    pub regime: Word,
    /// What of it.
    pub metric: Word,
    /// The division and the group.
    pub group: Option<(Word, Word)>,
    /// The stretch of time.
    pub period: Option<Word>,
    /// How it is compared.
    pub op: Op,
    /// With which regime or number.
    pub right: Word,
    /// And what that is moved by.
    pub margin: Option<Word>,
}

/// What is wrong with a stretch that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// What ought to stand there.
    pub wanted: &'static str,
    /// Where.
    pub span: Range<usize>,
}

type Input<'a> = LocatingSlice<&'a str>;

/// The parts of a claim, each with its bytes: what the word `and` stands between.
pub fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut begin = 0;
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        if word.trim() == "and" {
            parts.push(begin..at);
            begin = at + word.len();
        }
        at += word.len();
    }
    parts.push(begin..text.len());
    parts
}

/// Reads the part of a claim that has these bytes.
///
/// # Errors
///
/// Where it breaks off, and what ought to stand there.
pub fn read(text: &str, part: &Range<usize>) -> Result<Written, Misread> {
    let own = &text[part.clone()];
    let parsed = self::part.parse(LocatingSlice::new(own));
    parsed.map(|written| moved(written, part.start)).map_err(|error| {
        let wanted = error.inner().context().find_map(|context| match context {
            StrContext::Expected(StrContextValue::Description(wanted)) => Some(*wanted),
            _ => None,
        });
        // What stands there up to the next space; at the end, nothing.
        let end = own.trim_end().len();
        let start = error.offset().min(end);
        let word = own[start..end].split(char::is_whitespace).next().map_or(0, str::len);
        let span = part.start + start..part.start + start + word;
        Misread { wanted: wanted.unwrap_or("nothing more"), span }
    })
}

fn moved(mut written: Written, by: usize) -> Written {
    let group = written.group.iter_mut().flat_map(|(division, value)| [division, value]);
    let words = [&mut written.regime, &mut written.metric, &mut written.right];
    let others = group.chain(&mut written.period).chain(&mut written.margin);
    for word in words.into_iter().chain(others) {
        word.span = word.span.start + by..word.span.end + by;
    }
    written
}

fn wanted(what: &'static str) -> StrContext {
    StrContext::Expected(StrContextValue::Description(what))
}

fn word(of: impl Fn(char) -> bool + Copy) -> impl Fn(&mut Input<'_>) -> ModalResult<Word> {
    move |input| {
        let word = take_while(1.., of).with_span().parse_next(input)?;
        Ok(Word { text: word.0.to_owned(), span: word.1 })
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

fn is_plain(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '<' | '>' | '=' | '≤' | '≥')
}

fn is_of_group(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '+')
}

fn part(input: &mut Input<'_>) -> ModalResult<Written> {
    multispace0.parse_next(input)?;
    let regime = cut_err(word(is_plain)).context(wanted("a regime")).parse_next(input)?;
    multispace0.parse_next(input)?;
    let metric = cut_err(word(is_of_name)).context(wanted("a metric")).parse_next(input)?;
    let group = opt(group).parse_next(input)?;
    let period = opt(preceded(
        '@',
        cut_err(word(is_of_name)).context(wanted("a period, such as `final-year`")),
    ))
    .parse_next(input)?;
    multispace0.parse_next(input)?;
    let op = cut_err(op).context(wanted("one of `<`, `<=`, `>` and `>=`")).parse_next(input)?;
    multispace0.parse_next(input)?;
    let right =
        cut_err(word(is_plain)).context(wanted("a regime or a number")).parse_next(input)?;
    let margin = opt(preceded(multispace1, margin)).parse_next(input)?;
    multispace0.parse_next(input)?;
    let last = match margin {
        Some(_) => "`and` and another comparison, or nothing more",
        None => "a margin such as `+1%`, `and`, or nothing more",
    };
    cut_err(eof).context(wanted(last)).parse_next(input)?;
    Ok(Written { regime, metric, group, period, op, right, margin })
}

fn group(input: &mut Input<'_>) -> ModalResult<(Word, Word)> {
    let division = cut_err(word(is_of_group)).context(wanted("a division, such as `age`"));
    let value = cut_err(word(is_of_group)).context(wanted("a group, such as `65+`"));
    let equals = cut_err('=').context(wanted("`=` and a group, such as `age=65+`"));
    let close = cut_err(']').context(wanted("`]`"));
    delimited('[', separated_pair(division, equals, value), close).parse_next(input)
}

fn op(input: &mut Input<'_>) -> ModalResult<Op> {
    alt((
        alt(("<=", "≤")).value(Op::AtMost),
        alt((">=", "≥")).value(Op::AtLeast),
        "<".value(Op::Less),
        ">".value(Op::More),
    ))
    .parse_next(input)
}

fn margin(input: &mut Input<'_>) -> ModalResult<Word> {
    let digits = take_while(0.., |c: char| is_plain(c));
    let margin = (one_of(['+', '-', '−']), digits).take().with_span().parse_next(input)?;
    Ok(Word { text: margin.0.to_owned(), span: margin.1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str) -> Result<Written, Misread> {
        let parts = parts(text);
        assert_eq!(parts.len(), 1);
        read(text, &parts[0])
    }

    #[test]
    fn every_word_of_a_claim_is_found_where_it_stands() {
        let text =
            "a+b cost.x <= b and  direct-payments choice.good_options[age=65+]@final-year>0.3";
        let parts = parts(text);
        assert_eq!(parts, [0..16, 20..text.len()]);
        let first = read(text, &parts[0]).expect("it reads");
        assert_eq!((first.regime.text.as_str(), first.op), ("a+b", Op::AtMost));
        let second = read(text, &parts[1]).expect("it reads");
        let (division, group) = second.group.clone().expect("a group");
        let words = [&second.regime, &second.metric, &division, &group, &second.right];
        for word in words.into_iter().chain(&second.period) {
            assert_eq!(text[word.span.clone()], word.text);
        }
        assert_eq!((division.text.as_str(), group.text.as_str()), ("age", "65+"));
        assert_eq!((second.op, second.right.text.as_str()), (Op::More, "0.3"));
        let moved = only("a x ≥ b −2%").expect("it reads").margin.expect("a margin");
        assert_eq!((moved.text.as_str(), moved.span), ("−2%", 10..15));
        assert_eq!(only("strand x < band").expect("it reads").right.text, "band");
    }

    #[test]
    fn where_it_breaks_off_is_said() {
        let at = |text: &str| only(text).map_err(|misread| (misread.wanted, misread.span));
        assert_eq!(at(""), Err(("a regime", 0..0)));
        assert_eq!(at("a "), Err(("a metric", 1..1)));
        assert_eq!(at("a x y"), Err(("one of `<`, `<=`, `>` and `>=`", 4..5)));
        assert_eq!(at("a x < "), Err(("a regime or a number", 5..5)));
        assert_eq!(at("a x[age] < b"), Err(("`=` and a group, such as `age=65+`", 7..8)));
        let more = "a margin such as `+1%`, `and`, or nothing more";
        assert_eq!(at("a x < b c d"), Err((more, 8..9)));
    }
}
