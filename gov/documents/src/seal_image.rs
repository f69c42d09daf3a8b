//! The round seal of an organ as SVG, after 国发〔1999〕25号: red, a five-pointed star in the middle, the legal name from left to right
//! on the arc in 宋体. The national emblem, which county governments carry, is not drawn: its image is protected by law
//! (国徽法), and a node takes it from the body that makes its seals.

use std::f64::consts::PI;
use std::fmt::Write;

/// Longest name on an arc; longer names use the normalised short form (国发〔1999〕25号 第十五条).
pub const NAME_CHARS_MAX: usize = 28;

const RED: &str = "#e60012";
/// The drawing is 450 units wide, whatever the diameter.
const CENTRE: f64 = 225.0;
const RING_RADIUS: f64 = 215.0;
const RING_WIDTH: f64 = 13.0;
const BASELINE_RADIUS: f64 = 148.0;
const STAR_RADIUS: f64 = 66.0;
/// Inner radius of a regular star divided by its outer radius.
const STAR_RATIO: f64 = 0.381_966;
const STEP_MAX_DEGREES: f64 = 27.0;
const ARC_MAX_DEGREES: f64 = 262.0;
const FONT_SIZE: f64 = 58.0;

/// A name that does not fit a seal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an organ name of 2 to {NAME_CHARS_MAX} characters for the seal, but it has {0}")]
pub struct SealNameError(usize);

/// The seal of the organ; `purpose` stands straight under the star (行政审批专用章).
pub fn seal_svg(name: &str, purpose: Option<&str>) -> Result<String, SealNameError> {
    let characters = name.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>();
    if !(2..=NAME_CHARS_MAX).contains(&characters.len()) {
        return Err(SealNameError(characters.len()));
    }
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 450 450\" fill=\"{RED}\" font-family=\"Noto Serif CJK SC, SimSun, serif\" \
         font-weight=\"bold\" text-anchor=\"middle\"><circle cx=\"{CENTRE}\" cy=\"{CENTRE}\" r=\"{RING_RADIUS}\" fill=\"none\" \
         stroke=\"{RED}\" stroke-width=\"{RING_WIDTH}\"/><path d=\"{}\"/>",
        star()
    );
    arc(&mut svg, &characters);
    if let Some(purpose) = purpose {
        let _ = write!(svg, "<text x=\"{CENTRE}\" y=\"352\" font-size=\"40\">{}</text>", escape(purpose));
    }
    svg.push_str("</svg>");
    Ok(svg)
}

/// The diameter in millimetres: 45 for governments of counties, cities and districts, 42 for townships and for departments.
pub fn seal_diameter_mm(name: &str) -> u32 {
    let government = name.strip_suffix("人民政府").is_some_and(|place| place.ends_with(['县', '市', '区', '州', '旗']));
    if government { 45 } else { 42 }
}

/// The characters stand on the arc with their feet to the middle, centred at the top; they are narrowed when there are many.
fn arc(svg: &mut String, characters: &[char]) {
    let gaps = f64::from(u32::try_from(characters.len()).unwrap_or(u32::MAX)) - 1.0;
    let step = STEP_MAX_DEGREES.min(ARC_MAX_DEGREES / gaps);
    // A character may be as wide as its share of the arc at the middle of its height.
    let share = (BASELINE_RADIUS + FONT_SIZE * 0.35) * step * PI / 180.0;
    let narrow = (share * 0.96 / FONT_SIZE).min(0.86);
    let mut angle = -gaps * step / 2.0;
    for character in characters {
        let _ = write!(
            svg,
            "<text font-size=\"{FONT_SIZE}\" transform=\"rotate({angle:.2} {CENTRE} {CENTRE}) translate({CENTRE} {:.2}) \
             scale({narrow:.3} 1)\">{}</text>",
            CENTRE - BASELINE_RADIUS,
            escape(&character.to_string())
        );
        angle += step;
    }
}

fn star() -> String {
    let mut path = String::new();
    let mut angle = -PI / 2.0;
    for corner in 0..10 {
        let radius = if corner % 2 == 0 { STAR_RADIUS } else { STAR_RADIUS * STAR_RATIO };
        let command = if corner == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{command}{:.2} {:.2}", CENTRE + radius * angle.cos(), CENTRE + radius * angle.sin());
        angle += PI / 5.0;
    }
    path.push('Z');
    path
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_name_runs_from_left_to_right_over_the_top() {
        let svg = seal_svg("云溪县市场监督管理局", None).unwrap();
        let order = ["云", "溪", "县", "市", "场", "监", "督", "管", "理", "局"].map(|c| svg.find(&format!(">{c}<")).unwrap());
        assert!(order.is_sorted());
        assert!(svg.contains("rotate(-121.50 225 225)") && svg.contains("rotate(121.50 225 225)"));
    }

    #[test]
    fn names_that_do_not_fit_are_refused() {
        assert_eq!(seal_svg("局", None), Err(SealNameError(1)));
        assert_eq!(seal_svg(&"长".repeat(29), None), Err(SealNameError(29)));
    }

    #[test]
    fn diameters_follow_the_level() {
        assert_eq!(seal_diameter_mm("云溪县人民政府"), 45);
        assert_eq!(seal_diameter_mm("云溪县白沙镇人民政府"), 42);
        assert_eq!(seal_diameter_mm("云溪县民政局"), 42);
    }

    #[test]
    fn markup_in_a_name_is_harmless() {
        assert!(!seal_svg("云<script>溪", None).unwrap().contains("<script"));
    }
}
