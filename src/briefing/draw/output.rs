//! Figures as files: SVG with its letters in it, PNG and PDF. No font of the machine is
//! used, so that the bytes are the same on every machine.

use crate::briefing::figures::Figure;
use crate::briefing::theme::Theme;
use anyhow::{Context, anyhow};
use krilla::geom::Size;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Points of a picture to the inch, for print.
pub const DPI: f64 = 300.0;

/// The drawing as it will be painted.
///
/// # Errors
///
/// When the drawing is no SVG, which would be a fault of ours.
pub fn tree(figure: &Figure, theme: &Theme) -> anyhow::Result<Tree> {
    let mut options = Options { font_family: theme.family.clone(), ..Options::default() };
    for font in &theme.fonts {
        options.fontdb_mut().load_font_data(font.to_vec());
    }
    Tree::from_str(&figure.svg, &options)
        .with_context(|| format!("the figure {} cannot be drawn", figure.name))
}

/// The figure as a file of its own, with its letters in it.
pub fn svg(figure: &Figure, theme: &Theme) -> String {
    let faces = theme.font_faces();
    match figure.svg.split_once('\n') {
        Some((head, rest)) if !faces.is_empty() => {
            format!("{head}\n<style>{faces}</style>\n{rest}")
        }
        _ => figure.svg.clone(),
    }
}

/// The figure as a picture, so many dots to the inch.
///
/// # Errors
///
/// When it is too large to be painted.
pub fn png(figure: &Figure, theme: &Theme, dpi: f64) -> anyhow::Result<Vec<u8>> {
    let tree = tree(figure, theme)?;
    let scale = (dpi / 96.0) as f32;
    let size = tree.size().to_int_size().scale_by(scale);
    let size = size.context("the figure would have no size")?;
    let pixmap = Pixmap::new(size.width(), size.height());
    let mut pixmap = pixmap.context("the figure is too large to be painted")?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().context("the picture cannot be written")
}

/// The figure as a page of its own, in lines and letters.
///
/// # Errors
///
/// When it cannot be turned into one.
pub fn pdf(figure: &Figure, theme: &Theme) -> anyhow::Result<Vec<u8>> {
    let tree = tree(figure, theme)?;
    // A pixel of CSS is three quarters of a PDF's point.
    let points = |x: f32| x * 0.75;
    let size = Size::from_wh(points(tree.size().width()), points(tree.size().height()));
    let size = size.context("the figure would have no size")?;
    let mut document = krilla::Document::new();
    let mut page = document.start_page_with(PageSettings::new(size));
    let mut surface = page.surface();
    surface
        .draw_svg(&tree, size, SvgSettings::default())
        .context("the figure cannot be turned into a PDF")?;
    surface.finish();
    page.finish();
    document.finish().map_err(|error| anyhow!("the PDF cannot be written: {error:?}"))
}
