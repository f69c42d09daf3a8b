//! 每日摘要: whoever wants it is told each morning how often her data were read the day before, and by whom.

use std::collections::BTreeMap;

use runner::{Cx, Event, Halt, Moment};
use seal::FieldKeys;
use serde::{Deserialize, Serialize};
use store::{StoreError, Tx};

use crate::recording::SUBJECT_PLACE;
use crate::store::digests;

/// Digests that are shown.
const SHOWN_COUNT_MAX: u32 = 60;

/// Somebody wants a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The party.
    pub party: String,
    /// Under which indexes her readings are found.
    pub subject_indexes: Vec<String>,
    /// Since when, in milliseconds since 1970.
    pub since_ms: i64,
}

/// What stood in one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// The party.
    pub party: String,
    /// The day, `2026-03-02`.
    pub day: String,
    /// How many readings she was shown for the first time on that day.
    pub readings: i64,
    /// The same by organ; the installation itself under the empty name.
    pub organs: BTreeMap<String, i64>,
    /// When she opened it, in milliseconds since 1970.
    pub read_ms: Option<i64>,
}

/// A digest was chosen or given up.
#[derive(Debug, Serialize)]
struct DigestChosen {
    wanted: bool,
    #[serde(skip)]
    party: String,
    #[serde(skip)]
    choice: Option<Choice>,
}

impl Event for DigestChosen {
    fn kind(&self) -> &'static str {
        "digest-chosen"
    }

    fn apply(&self, tx: &mut Tx<'_>, _: &Moment) -> Result<(), StoreError> {
        digests::choose(tx, &self.party, self.choice.as_ref())
    }
}

/// The digests of a day were written.
#[derive(Debug, Serialize)]
struct DigestsWritten {
    day: String,
    count: usize,
    #[serde(skip)]
    digests: Vec<Digest>,
}

impl Event for DigestsWritten {
    fn kind(&self) -> &'static str {
        "digests-written"
    }

    fn apply(&self, tx: &mut Tx<'_>, _: &Moment) -> Result<(), StoreError> {
        self.digests.iter().try_for_each(|digest| digests::insert(tx, digest))
    }
}

/// Chooses the digest for a party, known by her number, or gives it up. The command that calls it has asked the authority.
///
/// # Errors
/// The database's.
pub fn choose_digest(cx: &mut Cx<'_>, keys: &FieldKeys, party: &str, number: &str, wanted: bool) -> Result<(), Halt> {
    let choice =
        wanted.then(|| Choice { party: party.to_owned(), subject_indexes: keys.blind_indexes(SUBJECT_PLACE, number), since_ms: cx.now_ms() });
    let stream = format!("digest:{party}");
    cx.record(&stream, &DigestChosen { wanted, party: party.to_owned(), choice }).map(drop)
}

/// Writes the digests of a day, given with its first moment and that of the next one; gives how many people want one at all. Nobody is
/// written to about a day on which nothing was read.
///
/// # Errors
/// The database's.
pub fn write_digests(cx: &mut Cx<'_>, day: &str, from_ms: i64, until_ms: i64) -> Result<usize, Halt> {
    let choices = digests::choices(cx.tx())?;
    let mut written = Vec::new();
    for choice in &choices {
        let mut organs: BTreeMap<String, i64> = BTreeMap::new();
        for index in &choice.subject_indexes {
            for (organ, count) in digests::readings_by_organ(cx.tx(), index, from_ms, until_ms)? {
                let sum = organs.entry(organ).or_default();
                *sum = sum.saturating_add(count);
            }
        }
        if !organs.is_empty() {
            let readings = organs.values().sum();
            written.push(Digest { party: choice.party.clone(), day: day.to_owned(), readings, organs, read_ms: None });
        }
    }
    let event = DigestsWritten { day: day.to_owned(), count: written.len(), digests: written };
    cx.record("digests", &event)?;
    Ok(choices.len())
}

/// Whether a party wants digests.
///
/// # Errors
/// The database's.
pub fn wants_digest(tx: &mut Tx<'_>, party: &str) -> Result<bool, StoreError> {
    Ok(digests::choice_of(tx, party)?.is_some())
}

/// Whether anybody wants digests.
///
/// # Errors
/// The database's.
pub fn anybody_wants_digest(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    Ok(!digests::choices(tx)?.is_empty())
}

/// Digests of a party, newest first.
///
/// # Errors
/// The database's.
pub fn digests_of(tx: &mut Tx<'_>, party: &str) -> Result<Vec<Digest>, StoreError> {
    digests::of_party(tx, party, SHOWN_COUNT_MAX)
}

/// Marks the digests of a party as read. Presentation: it is not journalled.
///
/// # Errors
/// The database's.
pub fn mark_digests_read(tx: &mut Tx<'_>, party: &str, at_ms: i64) -> Result<(), StoreError> {
    digests::mark_read(tx, party, at_ms)
}
