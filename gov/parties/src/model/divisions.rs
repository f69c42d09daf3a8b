//! The national table of divisions, from a vendored data set (National Bureau of Statistics, 2023).

use super::division::{DivisionCode, DivisionLevel};
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../../assets/vendor/china-division/2.7.0/divisions.csv");

/// Rows that only group counties and are left out of full names.
const GROUPING_NAMES: [&str; 4] = ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"];

/// One division of the national table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Division {
    /// Its code.
    pub code: DivisionCode,
    /// Its Chinese name, without the names of those above it.
    pub name: &'static str,
    /// The division above it; `None` for provinces.
    pub parent: Option<DivisionCode>,
}

/// Provinces, cities, counties and townships of the country, sorted by code.
#[derive(Debug)]
pub struct Divisions {
    rows: Vec<Division>,
}

impl Divisions {
    /// The national table, read when first asked for.
    pub fn national() -> &'static Self {
        static NATIONAL: OnceLock<Divisions> = OnceLock::new();
        NATIONAL.get_or_init(|| Self { rows: TABLE.lines().skip(1).filter_map(row).collect() })
    }

    /// The division with this code.
    pub fn find(&self, code: DivisionCode) -> Option<&Division> {
        let at = self.rows.binary_search_by_key(&code, |row| row.code).ok()?;
        self.rows.get(at)
    }

    /// The divisions directly below, in the order of their codes: townships for a city without counties, provinces
    /// for [`DivisionCode::NATION`].
    pub fn children(&self, code: DivisionCode) -> impl Iterator<Item = &Division> {
        let parent = (code != DivisionCode::NATION).then_some(code);
        self.inside(code).filter(move |row| row.parent == parent)
    }

    /// Everything that lies in the division, itself first.
    pub fn inside(&self, code: DivisionCode) -> impl Iterator<Item = &Division> {
        let from = self.rows.partition_point(|row| row.code.as_str() < code.prefix());
        self.rows.iter().skip(from).take_while(move |row| code.contains(&row.code))
    }

    /// Whether a city has no counties, so that its townships come next: 东莞, 中山, 儋州, and 嘉峪关, whose only county is itself.
    pub fn is_without_counties(&self, city: DivisionCode) -> bool {
        let Some(row) = self.find(city).filter(|row| row.code.level() == DivisionLevel::City) else {
            return false;
        };
        self.children(city).all(|child| child.code.level() == DivisionLevel::Township || child.name == row.name)
    }

    /// The name with those above it: 浙江省杭州市西湖区. Rows that only group counties are left out.
    pub fn full_name(&self, code: DivisionCode) -> Option<String> {
        let mut names = vec![self.find(code)?.name];
        let mut above = self.find(code)?.parent;
        while let Some(row) = above.and_then(|parent| self.find(parent)) {
            if !GROUPING_NAMES.contains(&row.name) && names.last() != Some(&row.name) {
                names.push(row.name);
            }
            above = row.parent;
        }
        names.reverse();
        Some(names.concat())
    }

    /// How many divisions the table has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the table could not be read.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

fn row(line: &'static str) -> Option<Division> {
    let mut fields = line.split(',');
    let code = DivisionCode::parse(fields.next()?).ok()?;
    let name = fields.next()?;
    let parent = fields.next().and_then(|text| DivisionCode::parse(text).ok());
    Some(Division { code, name, parent })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn code(text: &str) -> DivisionCode {
        DivisionCode::parse(text).unwrap()
    }

    fn name(text: &str) -> Option<&'static str> {
        Divisions::national().find(code(text)).map(|row| row.name)
    }

    #[test]
    fn the_table_is_whole() {
        let national = Divisions::national();
        assert_eq!(national.len(), TABLE.lines().count() - 1);
        assert!(national.rows.windows(2).all(|pair| pair[0].code < pair[1].code));
        let count = |level| national.rows.iter().filter(|row| row.code.level() == level).count();
        assert_eq!(count(DivisionLevel::Province), 34);
        assert_eq!(count(DivisionLevel::City), 342);
        assert_eq!(count(DivisionLevel::County), 2978 - 3);
        assert_eq!(count(DivisionLevel::Township), 41_352 - 1);
    }

    #[test]
    fn every_row_has_the_parent_its_code_says() {
        let national = Divisions::national();
        for row in &national.rows {
            let above = row.code.parent().filter(|parent| *parent != DivisionCode::NATION);
            assert_eq!(row.parent, above, "{}", row.code);
            assert!(row.parent.is_none_or(|parent| national.find(parent).is_some()), "{}", row.code);
        }
    }

    #[test]
    fn spot_checks() {
        let vectors = [
            ("110101", "东城区"),
            ("110105", "朝阳区"),
            ("310115", "浦东新区"),
            ("330106", "西湖区"),
            ("360103", "西湖区"),
            ("440305", "南山区"),
            ("659001", "石河子市"),
            ("110100", "市辖区"),
            ("310100", "市辖区"),
            ("500200", "县"),
            ("429000", "省直辖县级行政区划"),
            ("659000", "自治区直辖县级行政区划"),
            ("110101001", "东华门街道"),
            ("330102", "上城区"),
            ("330113", "临平区"),
            ("330114", "钱塘区"),
            ("810000", "香港特别行政区"),
        ];
        for (text, expected) in vectors {
            assert_eq!(name(text), Some(expected), "{text}");
        }
        assert_ne!(code("330106"), code("360103"));
        assert_eq!(name("339921"), None);
    }

    #[test]
    fn cities_without_counties() {
        let national = Divisions::national();
        for text in ["441900", "442000", "460400", "620200"] {
            assert!(national.is_without_counties(code(text)), "{text}");
        }
        for text in ["330100", "440000", "110101"] {
            assert!(!national.is_without_counties(code(text)), "{text}");
        }
        assert!(national.children(code("441900")).any(|row| row.name == "东城街道"));
        assert!(national.children(code("441900")).all(|row| row.code.level() == DivisionLevel::Township));
    }

    #[test]
    fn children_are_the_next_level() {
        let national = Divisions::national();
        assert_eq!(national.children(DivisionCode::NATION).count(), 34);
        assert_eq!(national.children(code("330000")).count(), 11);
        assert_eq!(national.children(code("330100")).count(), 13);
        assert_eq!(national.children(code("110101001")).count(), 0);
        assert!(national.inside(code("330106")).any(|row| row.code == code("330106005")));
    }

    #[test]
    fn full_names_leave_out_grouping_rows() {
        let national = Divisions::national();
        assert_eq!(national.full_name(code("330106")).unwrap(), "浙江省杭州市西湖区");
        assert_eq!(national.full_name(code("110101001")).unwrap(), "北京市东城区东华门街道");
        assert_eq!(national.full_name(code("441900003")).unwrap(), "广东省东莞市东城街道");
        assert_eq!(national.full_name(code("620201")).unwrap(), "甘肃省嘉峪关市");
        assert_eq!(national.full_name(code("339921")), None);
    }
}
