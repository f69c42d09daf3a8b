//! Looks through all values of a column, or through a text of any length: not how likely something personal is there, but where it stands.

use i18n::Text;

use super::kinds::{KINDS, Kind};
use super::{Column, NAME_TITLE_PERCENT, SUGGEST_PERCENT_MIN, likeness, named};
use crate::model::{Personal, narrow};

/// Lines that are named.
const LINES_NAMED_MAX: usize = 5;

/// Something personal that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// What, as [`super::Likeness`] has it: `identity-number`.
    pub kind: &'static str,
    /// Its name.
    pub name: Text,
    /// Values in which it stands; all of them, where the name of the column alone tells.
    pub values: u64,
    /// The first lines where it stands; none where the name of the column alone tells.
    pub lines: Vec<u64>,
    /// Whether only the name of the column tells.
    pub by_name_alone: bool,
}

/// What is being looked through. No value is kept.
pub struct Watch {
    name: String,
    title: String,
    values: u64,
    seen: Vec<Seen>,
}

struct Seen {
    kind: &'static Kind,
    by_name_percent: u32,
    values: u64,
    lines: Vec<u64>,
}

impl Watch {
    /// Over a column, by the name of its field and its title.
    #[must_use]
    pub fn column(name: &str, title: &str) -> Self {
        let column = Column { name, title, samples: &[] };
        let personal = KINDS.iter().filter(|kind| kind.personal != Personal::None);
        let seen = personal.map(|kind| Seen { kind, by_name_percent: named(kind, &column).0, values: 0, lines: Vec::new() });
        // What neither the name nor values alone can tell is not looked for.
        let told = seen.filter(|seen| seen.by_name_percent > 0 || seen.kind.check.is_some_and(|check| check.alone_min.is_some()));
        Self { name: name.to_owned(), title: title.to_owned(), values: 0, seen: told.collect() }
    }

    /// Over the lines of a text that is no table.
    #[must_use]
    pub fn text() -> Self {
        let stray = KINDS.iter().filter(|kind| kind.check.is_some_and(|check| check.in_text.is_some()));
        let seen = stray.map(|kind| Seen { kind, by_name_percent: 0, values: 0, lines: Vec::new() });
        Self { name: String::new(), title: String::new(), values: 0, seen: seen.collect() }
    }

    /// Looks at a value; a blank one says nothing.
    pub fn see(&mut self, line: u64, value: &str) {
        let value: String = value.chars().map(narrow).collect();
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        self.values += 1;
        for seen in &mut self.seen {
            let Some(check) = seen.kind.check else { continue };
            if (check.passes)(value) || check.in_text.is_some_and(|stands_in| stands_in(value)) {
                seen.values += 1;
                if seen.lines.len() < LINES_NAMED_MAX {
                    seen.lines.push(line);
                }
            }
        }
    }

    /// What was seen, in the order of the table of kinds.
    #[must_use]
    pub fn sightings(self) -> Vec<Sighting> {
        let column = Column { name: &self.name, title: &self.title, samples: &[] };
        let counts = |seen: &Seen| self.values > 0 && seen.counts(&column, self.values);
        let sighting = |seen: Seen| {
            let by_name_alone = seen.kind.check.is_none();
            let values = if by_name_alone { self.values } else { seen.values };
            Sighting { kind: seen.kind.word, name: seen.kind.name(), values, lines: seen.lines, by_name_alone }
        };
        self.seen.into_iter().filter(counts).map(sighting).collect()
    }
}

impl Seen {
    /// Whether it is more than chance.
    fn counts(&self, column: &Column<'_>, values: u64) -> bool {
        let is_named = self.by_name_percent >= NAME_TITLE_PERCENT;
        let Some(check) = self.kind.check else { return is_named };
        let proves_itself = check.in_text.is_some() && self.values.saturating_mul(100) >= values.saturating_mul(check.chance_percent);
        let size = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        let is_likely = || {
            likeness(self.kind, column, size(values), size(self.values)).is_some_and(|likeness| likeness.confidence_percent >= SUGGEST_PERCENT_MIN)
        };
        self.values > 0 && (proves_itself || is_named || is_likely())
    }
}

/// The kinds that stand in a text which somebody typed, told without knowing what it is about.
#[must_use]
pub fn stray_in(text: &str) -> Vec<&'static str> {
    let mut watch = Watch::text();
    watch.see(1, text);
    watch.sightings().into_iter().map(|sighting| sighting.kind).collect()
}
