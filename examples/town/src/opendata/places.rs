//! Places with coordinates.

use ids::Entropy;

use super::sheet::{Column, Sheet, column};
use crate::basics::county::TOWNS;
use crate::dice::{between, dice, pick, weighted};

/// What distinguishes one kind of places from another.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlacesSpec {
    /// How many.
    pub(super) count: usize,
    /// What stands at the end of a name.
    pub(super) endings: &'static [&'static str],
    /// A further column with values to choose from.
    pub(super) kind: (Column, &'static [&'static str]),
    /// A further column with a number between two.
    pub(super) measure: (Column, i64, i64),
}

/// South-west corner of each town, in thousandths of a degree.
const CORNERS: [(i64, i64); 8] = [
    (118_980, 29_620),
    (119_020, 29_660),
    (119_000, 29_640),
    (119_080, 29_700),
    (118_900, 29_560),
    (119_120, 29_580),
    (118_840, 29_720),
    (119_040, 29_500),
];
const SPAN: i64 = 34;

pub(super) fn places(spec: &PlacesSpec, slug: &str, seed: u64) -> Sheet {
    let mut dice = dice(seed, slug);
    let columns = vec![
        column("code", "编号", "Code", ""),
        column("name", "名称", "Name", ""),
        column("town", "乡镇（街道）", "Township", ""),
        column("address", "地址", "Address", ""),
        column("lon", "经度", "Longitude", "度（CGCS2000）"),
        column("lat", "纬度", "Latitude", "度（CGCS2000）"),
        spec.kind.0,
        spec.measure.0,
    ];
    let rows = (1..=spec.count).map(|number| place(spec, number, &mut dice)).collect();
    Sheet { columns, rows, from: None, until: None }
}

fn place(spec: &PlacesSpec, number: usize, dice: &mut dyn Entropy) -> Vec<String> {
    let at = weighted(dice, TOWNS.iter().map(|town| town.share));
    let (town, corner) = TOWNS.get(at).zip(CORNERS.get(at)).map_or(("城关镇", (119_000, 29_640)), |(town, corner)| (town.division.zh, *corner));
    let roads = TOWNS.get(at).map(|town| town.roads).unwrap_or_default();
    let road = pick(dice, roads).copied().unwrap_or("中山路");
    let ending = pick(dice, spec.endings).copied().unwrap_or_default();
    let degree = |corner: i64, dice: &mut dyn Entropy| {
        let millionths = corner * 1_000 + between(dice, 0, SPAN * 1_000);
        format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
    };
    vec![
        format!("P{number:04}"),
        format!("{road}{ending}{number}"),
        town.to_owned(),
        format!("云溪县{town}{road}{}号", between(dice, 1, 299)),
        degree(corner.0, dice),
        degree(corner.1, dice),
        pick(dice, spec.kind.1).copied().unwrap_or_default().to_owned(),
        between(dice, spec.measure.1, spec.measure.2).to_string(),
    ]
}
