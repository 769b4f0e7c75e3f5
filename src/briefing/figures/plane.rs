use super::{Asked, Figure};
pub(super) fn draw(_: &Asked<'_>) -> Result<Figure, String> {
    Err("it is not drawn yet".to_owned())
}
