//! Points on a plain sheet with a frame of degrees.

use std::fmt::Write as _;

use i18n::Lang;
use tables::{Answer, Cell};

use super::picture::Sheet;
use super::say;

/// Points that are drawn.
pub(super) const POINTS_MAX: u32 = 5_000;
const MARGIN: f64 = 48.0;
/// Room on the right, for a degree of latitude.
const EDGE: f64 = 84.0;

/// The picture of rows of longitude and latitude.
pub(super) fn draw(lang: Lang, sheet: Sheet, answer: &Answer) -> String {
    let points: Vec<(f64, f64)> = answer.rows.iter().filter_map(|row| Some((degree(row.first())?, degree(row.get(1))?))).collect();
    let mut svg = String::new();
    let height = match sheet {
        Sheet::Wide => sheet.width() / 1.5,
        Sheet::Narrow => sheet.width(),
    };
    if let Some(frame) = Frame::around(&points, sheet.width(), height) {
        frame.draw(&mut svg);
        for (lon, lat) in points {
            let (x, y) = frame.place(lon, lat);
            // Writing into a text cannot fail.
            let _ = write!(
                svg,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"#1d70b8\" fill-opacity=\"0.65\" stroke=\"#ffffff\" stroke-width=\"0.5\"/>"
            );
        }
    }
    sheet.svg(height, say(lang, "位置示意图", "Positions"), &svg)
}

fn degree(cell: Option<&Cell>) -> Option<f64> {
    match cell {
        Some(Cell::Real(x)) if x.is_finite() => Some(*x),
        Some(Cell::Int(n)) => i32::try_from(*n).ok().map(f64::from),
        Some(Cell::Real(_) | Cell::Text(_) | Cell::Null) | None => None,
    }
}

/// The part of the earth that is shown; a degree of longitude is as wide as it is there.
struct Frame {
    west: f64,
    north: f64,
    east: f64,
    south: f64,
    scale: f64,
    squeeze: f64,
}

impl Frame {
    fn around(points: &[(f64, f64)], width: f64, height: f64) -> Option<Self> {
        let fold = |pick: fn(&(f64, f64)) -> f64, best: fn(f64, f64) -> f64| points.iter().map(pick).reduce(best);
        let (west, east) = (fold(|point| point.0, f64::min)?, fold(|point| point.0, f64::max)?);
        let (south, north) = (fold(|point| point.1, f64::min)?, fold(|point| point.1, f64::max)?);
        let squeeze = ((south + north) / 2.0).to_radians().cos().max(0.1);
        let (wide, high) = (width - MARGIN - EDGE, height - 2.0 * MARGIN);
        let scale = (wide / ((east - west) * squeeze).max(0.001)).min(high / (north - south).max(0.001));
        Some(Self { west, north, east, south, scale, squeeze })
    }

    fn place(&self, lon: f64, lat: f64) -> (f64, f64) {
        (MARGIN + (lon - self.west) * self.squeeze * self.scale, MARGIN + (self.north - lat) * self.scale)
    }

    fn draw(&self, svg: &mut String) {
        let ((left, top), (right, bottom)) = (self.place(self.west, self.north), self.place(self.east, self.south));
        let (w, h) = (right - left + 20.0, bottom - top + 20.0);
        let _ = write!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" fill=\"#ffffff\" stroke=\"#505a5f\"/>",
            left - 10.0,
            top - 10.0
        );
        for (x, y, anchor, text) in [
            (left, top - 18.0, "start", format!("{:.3}°E", self.west)),
            (right, top - 18.0, "end", format!("{:.3}°E", self.east)),
            (right + 16.0, top + 4.0, "start", format!("{:.2}°N", self.north)),
            (right + 16.0, bottom, "start", format!("{:.2}°N", self.south)),
        ] {
            let _ = write!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>");
        }
        // A kilometre is 1/111.2 of a degree of latitude; five of them.
        let bar = self.scale * 5.0 / 111.2;
        let y = bottom + 26.0;
        let _ = write!(svg, "<line x1=\"{left:.1}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\" stroke=\"#0b0c0c\" stroke-width=\"3\"/>", left + bar);
        let _ = write!(svg, "<text x=\"{:.1}\" y=\"{:.1}\">5 km</text>", left + bar + 6.0, y + 4.0);
    }
}
