//! Boxes and lines.

use crate::definition::Bounds;

pub(super) type Point = (f64, f64);

impl Bounds {
    pub(super) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(super) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    pub(super) fn center(&self) -> Point {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    pub(super) fn moved(&self, (dx, dy): Point) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..*self }
    }

    /// Whether a horizontal or vertical line runs through the inside of the box.
    fn is_crossed(&self, (a, b): (Point, Point)) -> bool {
        let (left, right) = (a.0.min(b.0), a.0.max(b.0));
        let (top, bottom) = (a.1.min(b.1), a.1.max(b.1));
        right > self.x + 1.0 && left < self.right() - 1.0 && bottom > self.y + 1.0 && top < self.bottom() - 1.0
    }
}

/// Whether a line crosses none of the boxes.
pub(super) fn is_clear(line: &[Point], boxes: &[Bounds]) -> bool {
    line.windows(2).all(|pair| match pair {
        [a, b] => !boxes.iter().any(|bounds| bounds.is_crossed((*a, *b))),
        _ => true,
    })
}

/// Coordinates are written with at most one decimal: a smaller page, and stable text.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::{Bounds, is_clear, number};

    #[test]
    fn lines_cross_boxes_or_pass_them() {
        let bounds = [Bounds { x: 10.0, y: 10.0, width: 10.0, height: 10.0 }];
        assert!(!is_clear(&[(0.0, 15.0), (30.0, 15.0)], &bounds));
        assert!(is_clear(&[(0.0, 10.0), (30.0, 10.0)], &bounds));
        assert!(is_clear(&[(0.0, 15.0), (10.0, 15.0)], &bounds));
        assert!(!is_clear(&[(0.0, 0.0), (15.0, 0.0), (15.0, 12.0)], &bounds));
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([number(3.0), number(3.25), number(-0.5)], ["3", "3.2", "-0.5"]);
    }
}
