//! Colours and letters of figures.

/// How figures look; [`Theme::default`] is the house's.
#[derive(Clone, Debug, Default)]
pub struct Theme {}
