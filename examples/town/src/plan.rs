//! Which stories are told, and when they begin.

use clock::{Date, Timestamp, WorkCalendar};

use crate::dice::{between, dice, index};
use crate::history::cast::Cast;
use crate::history::showcase::LastDays;
use crate::history::{Story, allowance, complaints, food, shops, showcase};
use crate::pace::{awake_time, day_after};
use crate::seed::Size;

/// The first days are for setting up.
const QUIET_DAYS: i64 = 6;

/// Moments over the year, towards its end more and more.
struct Spread {
    seed: u64,
    first: Date,
    days: i64,
    now: Timestamp,
}

impl Spread {
    fn moment(&self, purpose: &str, place: usize, count: usize) -> Timestamp {
        let mut dice = dice(self.seed, &format!("{purpose} {place}"));
        // Parts of ten thousand: 1 - (1 - u)² grows fastest at the beginning, so few stories begin early and many late.
        let share = i64::try_from(place * 10_000 / count.max(1)).unwrap_or(0);
        let grown = 10_000 - (10_000 - share) * (10_000 - share) / 10_000;
        let day = self.days * grown / 10_000 + between(&mut dice, 0, 2);
        awake_time(day_after(self.first, day.min(self.days)), &mut dice).min(self.now)
    }
}

/// All stories of the town.
pub(crate) fn stories(seed: u64, calendar: &WorkCalendar, cast: &Cast, tea_shop: &str, start: Date, now: Timestamp, size: &Size) -> Vec<Story> {
    let first = day_after(start, QUIET_DAYS);
    let days = i64::from(first.until(clock::local_date(now)).map_or(0, |span| span.get_days()));
    let spread = Spread { seed, first, days, now };
    let mut stories = Vec::new();
    let elders = cast.elders.len().saturating_sub(3);
    let allowances = (size.cases * 14 / 100).min(elders);
    let shops_count = size.cases * 23 / 100;
    let foods = size.cases * 16 / 100;
    let complaints_count = size.cases.saturating_sub(allowances + shops_count + foods);
    for (place, elder) in cast.elders.iter().take(allowances).enumerate() {
        let course = course(&allowance::COURSES, place, allowance::Course::Instant);
        stories.push(allowance::story(elder, spread.moment("allowance", place, allowances), course, dice(seed, &format!("allowance {place}"))));
    }
    for (place, who) in cast.grown.iter().cycle().take(shops_count).enumerate() {
        let course = course(&shops::COURSES, place, shops::Course::Ordinary);
        stories.push(shops::story(who, spread.moment("shop", place, shops_count), course, dice(seed, &format!("shop {place}"))));
    }
    for (place, who) in cast.operators.iter().cycle().take(foods).enumerate() {
        let course = course(&food::COURSES, place, food::Course::Ordinary);
        stories.push(food::story(who, spread.moment("food", place, foods), course, dice(seed, &format!("food {place}"))));
    }
    for place in 0..complaints_count {
        let mut chances = dice(seed, &format!("complaint {place}"));
        let Some(who) = cast.grown.get(index(&mut chances, cast.grown.len())) else { continue };
        let course = course(&complaints::COURSES, place, complaints::Course::Ordinary);
        stories.push(complaints::story(who, spread.moment("complaint", place, complaints_count), course, chances));
    }
    let last = LastDays { seed, calendar, now };
    stories.extend(showcase::open_states(&last, cast));
    if let Some(who) = &cast.shopkeeper {
        stories.extend(showcase::shopkeeper(&last, who, tea_shop));
    }
    stories
}

fn course<C: Copy>(courses: &[C], place: usize, otherwise: C) -> C {
    courses.get(place % courses.len().max(1)).copied().unwrap_or(otherwise)
}
