//! 每日摘要: each morning at eight, about the day before.

use clock::Date;
use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::consent::authorised_own;

/// The kind of job that writes the digests of a day.
pub(crate) const DIGEST: &str = "reading-digest";
const KEY: &str = "tracker/digest";
const EIGHT_MS: i64 = 8 * 3_600 * 1_000;

/// Payload of the job: the day that the digests are about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct About {
    pub day: Date,
}

/// Somebody wants to be told each morning who read her data, or no longer.
#[derive(Clone, Debug, Serialize)]
pub struct ChooseDigest {
    /// Whether she wants it.
    pub wanted: bool,
}

impl Command for ChooseDigest {
    type Outcome = ();
    const ACTION: &'static str = "tracker.choose-digest";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let (keys, number) = authorised_own(cx)?;
        let party = cx.actor().acting_party().unwrap_or_default().to_owned();
        let is_first = !tracker::anybody_wants_digest(cx.tx())?;
        tracker::choose_digest(cx, &keys, &party, &number, self.wanted)?;
        if self.wanted && is_first {
            cx.cancel_jobs(KEY)?;
            let day = cx.today();
            promise(cx, day)?;
        }
        Ok(())
    }
}

/// Writes the digests of a day, and promises those of the next while anybody wants one.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct WriteDigests {
    pub day: Date,
}

impl Command for WriteDigests {
    type Outcome = ();
    const ACTION: &'static str = "tracker.write-digests";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&runner::Resource::of("digest"))?;
        let next = self.day.tomorrow().map_err(Halt::fault)?;
        let (from_ms, until_ms) = (clock::midnight(self.day).as_millisecond(), clock::midnight(next).as_millisecond());
        if tracker::write_digests(cx, &self.day.to_string(), from_ms, until_ms)? > 0 {
            promise(cx, next)?;
        }
        Ok(())
    }
}

/// The digests of a day are due at eight on the next.
fn promise(cx: &mut Cx<'_>, day: Date) -> Result<(), Halt> {
    let morning = clock::midnight(day.tomorrow().map_err(Halt::fault)?).as_millisecond();
    cx.enqueue(DIGEST, &About { day }, Some(KEY.to_owned()), Some(morning.saturating_add(EIGHT_MS)))
}
