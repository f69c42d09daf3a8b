//! The companies, shops and cooperatives: generated from a seed.

use std::collections::HashSet;

use clock::Date;
use ids::Entropy;
use parties::UnifiedCode;

use crate::basics::county::{COUNTY, TOWNS};
use crate::basics::people::COMPANIES;
use crate::dice::{dice, index, weighted};
use crate::names::{one_of, trade_word};
use crate::residents::{Resident, business_address};

/// Serial numbers start here, far from those that registration cases give out.
const SERIAL_FIRST: u32 = 5_000_000;
const REPRESENTATIVE_AGES: std::ops::RangeInclusive<u16> = 22..=68;

/// A kind of body: second character of its code, share, lines of trade, and how its name ends.
struct Kind {
    department: char,
    class: char,
    share: u64,
    trades: &'static [&'static str],
    ending: &'static str,
    serves_food: bool,
}

const KINDS: [Kind; 7] = [
    Kind {
        department: '9',
        class: '1',
        share: 30,
        trades: &["贸易", "建材", "科技", "物流", "电子商务", "机械", "装饰工程", "农业发展"],
        ending: "有限公司",
        serves_food: false,
    },
    Kind {
        department: '9', class: '1', share: 12, trades: &["食品", "餐饮管理", "茶业", "农产品加工"], ending: "有限公司", serves_food: true
    },
    Kind { department: '9', class: '1', share: 6, trades: &["酒店", "生态旅游开发"], ending: "有限公司", serves_food: true },
    Kind {
        department: '9', class: '2', share: 20, trades: &["小吃", "面馆", "奶茶", "烘焙", "早餐", "土菜馆"], ending: "店", serves_food: true
    },
    Kind {
        department: '9',
        class: '2',
        share: 22,
        trades: &["五金", "服装", "理发", "文具", "便利", "汽车维修", "花艺", "家电维修"],
        ending: "店",
        serves_food: false,
    },
    Kind {
        department: '9',
        class: '3',
        share: 6,
        trades: &["茶叶", "蔬菜", "香菇", "水稻", "蜂业", "水果"],
        ending: "专业合作社",
        serves_food: false,
    },
    Kind { department: '5', class: '2', share: 4, trades: &["养老服务", "青少年", "职业培训"], ending: "中心", serves_food: false },
];

/// A company, shop or cooperative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// 统一社会信用代码
    pub code: UnifiedCode,
    /// Name.
    pub name: String,
    /// Its representative, as an index of the residents.
    pub representative: usize,
    /// Town, as an index of [`TOWNS`].
    pub town: usize,
    /// Seat.
    pub address: String,
    /// Whether it serves or sells food.
    pub serves_food: bool,
}

/// So many companies, represented by residents of working age.
#[must_use]
pub fn companies(seed: u64, count: usize, residents: &[Resident], counted_on: Date) -> Vec<Company> {
    let able = |(_, resident): &(usize, &Resident)| REPRESENTATIVE_AGES.contains(&resident.age(counted_on)) && resident.mobile.is_some();
    let able: Vec<usize> = residents.iter().enumerate().filter(able).map(|(index, _)| index).collect();
    let mut dice = dice(seed, "companies");
    let mut names: HashSet<String> = COMPANIES.iter().map(|company| company.name.to_owned()).collect();
    let mut made = Vec::with_capacity(count);
    let mut serial = SERIAL_FIRST;
    while made.len() < count && !able.is_empty() {
        serial += 1;
        let representative = able.get(index(&mut dice, able.len())).copied().unwrap_or_default();
        if let Some(company) = company(&mut dice, serial, representative, &mut names) {
            made.push(company);
        }
    }
    made
}

fn company(dice: &mut dyn Entropy, serial: u32, representative: usize, names: &mut HashSet<String>) -> Option<Company> {
    let kind = KINDS.get(weighted(dice, KINDS.iter().map(|kind| kind.share)))?;
    let town = weighted(dice, TOWNS.iter().map(|town| town.share));
    let place = TOWNS.get(town).map(|town| town.division.zh).filter(|_| index(dice, 3) == 0).unwrap_or_default();
    let name = format!("云溪县{place}{}{}{}", trade_word(dice), one_of(dice, kind.trades), kind.ending);
    if !names.insert(name.clone()) {
        return None;
    }
    let county = parties::DivisionCode::parse(COUNTY).ok()?;
    let code = UnifiedCode::from_serial(kind.department, kind.class, &county, serial).ok()?;
    Some(Company { code, name, representative, town, address: business_address(dice, town), serves_food: kind.serves_food })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::residents::{COUNTED_ON, residents};

    #[test]
    fn every_code_is_valid_and_every_name_is_given_once() {
        let people = residents(1, 1_000);
        let all = companies(1, 800, &people, COUNTED_ON);
        assert_eq!(all, companies(1, 800, &people, COUNTED_ON));
        let mut seen = HashSet::new();
        for one in &all {
            assert_eq!(UnifiedCode::parse(one.code.as_str()).as_ref(), Ok(&one.code));
            assert!(one.code.warning().is_none() && one.code.class().is_some());
            assert!(seen.insert(one.code.clone()) && seen.len() <= 800);
            assert!(people[one.representative].age(COUNTED_ON) >= 18);
        }
        assert!(all.iter().filter(|one| one.serves_food).count() > 150);
    }
}
