//! The residents: generated from a seed, with right check characters, under a division code that nobody was ever registered in.

use std::collections::HashSet;

use clock::Date;
use ids::Entropy;
use jiff::ToSpan;
use parties::{DivisionCode, IdentityNumber, RegisterPerson};

use crate::basics::county::{COUNTY, TOWNS};
use crate::basics::people::PERSONS;
use crate::dice::{between, chance, dice, index, weighted};
use crate::names::{given_name, one_of, surname};

/// The day on which the residents were counted: their ages are those of this day.
pub const COUNTED_ON: Date = jiff::civil::date(2025, 1, 1);

/// Ages from, to, and the share in thousandths.
const AGES: [(i64, i64, u64); 12] = [
    (0, 9, 78),
    (10, 17, 82),
    (18, 29, 128),
    (30, 39, 142),
    (40, 49, 138),
    (50, 59, 172),
    (60, 69, 128),
    (70, 79, 76),
    (80, 84, 30),
    (85, 89, 17),
    (90, 99, 8),
    (100, 103, 1),
];
/// Mobile numbers begin with 154, which no operator uses.
const MOBILE_FIRST: u64 = 15_400_000_000;
const MOBILE_AGE_MIN: i64 = 12;
const VILLAGE_PERCENT: u64 = 45;
/// Persons of a day of birth before another day is drawn.
const TRIES_MAX: usize = 50;

/// A resident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resident {
    /// Name.
    pub name: String,
    /// 公民身份号码
    pub identity_number: IdentityNumber,
    /// Town, as an index of [`TOWNS`].
    pub town: usize,
    /// Address.
    pub address: String,
    /// Mobile number.
    pub mobile: Option<String>,
}

impl Resident {
    /// 周岁 on a day.
    #[must_use]
    pub fn age(&self, on: Date) -> u16 {
        self.identity_number.age(on)
    }

    /// Code of the town.
    #[must_use]
    pub fn division(&self) -> &'static str {
        TOWNS.get(self.town).map_or(COUNTY, |town| town.division.code)
    }

    pub(crate) fn register(&self) -> Option<RegisterPerson> {
        Some(RegisterPerson {
            name: self.name.clone(),
            identity_number: self.identity_number.as_str().to_owned(),
            division: DivisionCode::parse(self.division()).ok()?,
            address: self.address.clone(),
            mobile: self.mobile.clone(),
        })
    }
}

/// So many residents; the same seed gives the same ones, and the first are the same whatever the count.
#[must_use]
pub fn residents(seed: u64, count: usize) -> Vec<Resident> {
    let mut dice = dice(seed, "residents");
    let mut taken: HashSet<IdentityNumber> = PERSONS.iter().filter_map(|person| IdentityNumber::parse(person.identity_number).ok()).collect();
    let mut made = Vec::with_capacity(count);
    while made.len() < count {
        let number = MOBILE_FIRST + u64::try_from(made.len()).unwrap_or(0);
        if let Some(resident) = resident(&mut dice, number, &mut taken) {
            made.push(resident);
        }
    }
    made
}

fn resident(dice: &mut dyn Entropy, mobile: u64, taken: &mut HashSet<IdentityNumber>) -> Option<Resident> {
    let (from, to, _) = AGES.get(weighted(dice, AGES.iter().map(|(_, _, share)| *share))).copied()?;
    let age = between(dice, from, to);
    let birth = COUNTED_ON.checked_sub(age.years()).ok()?.checked_sub(between(dice, 1, 365).days()).ok()?;
    let identity_number = free_number(dice, birth, taken)?;
    let male = identity_number.sex() == parties::Sex::Male;
    let name = format!("{}{}", surname(dice), given_name(dice, male, birth.year()));
    let town = weighted(dice, TOWNS.iter().map(|town| town.share));
    let has_mobile = match age {
        age if age < MOBILE_AGE_MIN => false,
        80.. => chance(dice, 55),
        _ => true,
    };
    Some(Resident { name, identity_number, town, address: address(dice, town), mobile: has_mobile.then(|| mobile.to_string()) })
}

fn free_number(dice: &mut dyn Entropy, birth: Date, taken: &mut HashSet<IdentityNumber>) -> Option<IdentityNumber> {
    for _ in 0..TRIES_MAX {
        let sequence = u16::try_from(between(dice, 1, 999)).unwrap_or(1);
        let number = IdentityNumber::compose(COUNTY, birth, sequence).ok()?;
        if taken.insert(number.clone()) {
            return Some(number);
        }
    }
    None
}

/// An address where people live.
pub(crate) fn address(dice: &mut dyn Entropy, town: usize) -> String {
    let Some(place) = TOWNS.get(town) else { return "云溪县".to_owned() };
    if chance(dice, VILLAGE_PERCENT) {
        let village = one_of(dice, place.villages);
        return format!("云溪县{}{village}{}组{}号", place.division.zh, between(dice, 1, 9), between(dice, 1, 60));
    }
    let road = one_of(dice, place.roads);
    let (number, block, door) = (between(dice, 1, 230), between(dice, 1, 12), between(dice, 1, 6) * 100 + between(dice, 1, 4));
    format!("云溪县{}{road}{number}号{block}幢{}单元{door}室", place.division.zh, between(dice, 1, 3))
}

/// The address of a shop or office.
pub(crate) fn business_address(dice: &mut dyn Entropy, town: usize) -> String {
    let Some(place) = TOWNS.get(town) else { return "云溪县".to_owned() };
    let road = one_of(dice, place.roads);
    let storey = ["一层", "一层", "二层", "一层东侧"].get(index(dice, 4)).copied().unwrap_or("一层");
    format!("云溪县{}{road}{}号{storey}", place.division.zh, between(dice, 1, 230))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_residents() {
        let first = residents(7, 300);
        assert_eq!(first, residents(7, 300));
        assert_ne!(first, residents(8, 300));
        assert_eq!(first[..100], residents(7, 100));
    }

    #[test]
    fn every_number_is_valid_and_of_the_county_and_given_once() {
        let all = residents(1, 5_000);
        let mut seen = HashSet::new();
        for one in &all {
            let number = one.identity_number.as_str();
            assert_eq!(IdentityNumber::parse(number).as_ref(), Ok(&one.identity_number));
            assert!(number.starts_with(COUNTY) && seen.insert(number.to_owned()));
            assert!(one.mobile.as_deref().is_none_or(|mobile| parties::parse_mobile(mobile).is_ok() && mobile.starts_with("154")));
            assert!(one.name.chars().count() >= 2 && one.address.starts_with("云溪县"));
        }
        assert!(all.iter().filter(|one| one.age(COUNTED_ON) >= 80).count() >= 200);
        assert!(all.iter().any(|one| one.age(COUNTED_ON) >= 100) && all.iter().any(|one| one.age(COUNTED_ON) < 1));
    }
}
