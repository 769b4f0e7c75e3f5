//! The briefing: what a results folder says, for people who will not open its tables.
//!
//! It is made from the tables alone, which [`book`] reads back: nothing in it is worked
//! out from cells, and it says nothing that the tables do not hold. [`figures`] are
//! drawn in the colours and letters of a [`theme`].

pub mod book;
pub mod document;
pub mod draw;
pub mod figures;
pub mod groups;
pub mod held;
pub mod markdown;
pub mod page;
pub mod sections;
pub mod sheets;
pub mod theme;
pub mod word;
pub mod words;
