//! The model against answers that are known without it: cases so plain that a page of
//! arithmetic gives the result, textbook queues and chances (`known`), and changes of
//! the input whose effect is known whatever the result is (`changed`).

mod changed;
mod known;

/// Whether two numbers are the same but for the last digits.
fn near(a: f64, b: f64, within: f64) -> bool {
    (a - b).abs() <= within * a.abs().max(b.abs()).max(1e-9)
}
