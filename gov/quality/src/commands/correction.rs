//! 数据质量整改: one case for what one rule or one comparison found, with the organ that keeps the data.

use runner::{Cx, Halt};
use serde_json::{Map, Value, json};

use crate::events::{CorrectionOpened, stream};
use crate::store::corrections::Correction;

/// The item of corrections.
pub const CORRECTION_ITEM: &str = "shuju-gengzheng";
/// Places that a case names; the others stand with the run.
const PLACES_COUNT_MAX: usize = 100;

/// What the organ is told.
pub(super) struct Told<'a> {
    /// The register or source.
    pub source: String,
    /// The rule, or what was compared.
    pub demand: String,
    /// The dimension, in words.
    pub dimension: String,
    pub checked: i64,
    pub failed: i64,
    pub places: Vec<String>,
    /// Of the register and rule, empty for a comparison of files.
    pub register: &'a str,
    pub rule: &'a str,
    /// The run or comparison.
    pub origin: &'a str,
    pub organ: String,
}

/// Opens the case; `None` where the item is not in force: the finding counts all the same.
pub(super) fn open(cx: &mut Cx<'_>, told: Told<'_>) -> Result<Option<Correction>, Halt> {
    if cx.service::<procedure::Library>()?.current(CORRECTION_ITEM, cx.today()).is_none() {
        return Ok(None);
    }
    let more = told.places.len().saturating_sub(PLACES_COUNT_MAX);
    let mut places = told.places.iter().take(PLACES_COUNT_MAX).cloned().collect::<Vec<_>>().join("、");
    if more > 0 {
        places.push_str("……");
    }
    let answers: Map<String, Value> = Map::from_iter([
        ("organ".to_owned(), json!(told.organ)),
        ("source".to_owned(), json!(told.source)),
        ("demand".to_owned(), json!(told.demand)),
        ("dimension".to_owned(), json!(told.dimension)),
        ("checked".to_owned(), json!(told.checked)),
        ("failed".to_owned(), json!(told.failed)),
        ("places".to_owned(), json!(places)),
        ("origin".to_owned(), json!(told.origin)),
    ]);
    let file = cases::open_by_system(cx, CORRECTION_ITEM, Some(told.organ.clone()), answers, None)?;
    let correction = Correction {
        case: file.id,
        number: file.number,
        register: told.register.to_owned(),
        rule: told.rule.to_owned(),
        origin: told.origin.to_owned(),
        organ: told.organ,
        at_ms: cx.now_ms(),
    };
    let of = if told.register.is_empty() { told.origin } else { told.register };
    cx.record(&stream(of), &CorrectionOpened { correction: correction.clone() })?;
    Ok(Some(correction))
}
