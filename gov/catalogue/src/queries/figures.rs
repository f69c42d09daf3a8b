use std::collections::BTreeMap;
use std::sync::LazyLock;

use clock::Date;
use parties::OrganId;
use rules::Feel;
use serde::Serialize;
use store::{StoreError, Tx};

use super::ResourceRow;
use crate::model::{Figure, Formula, MEASURES, MeasureSource, default_formulas, evaluate, score};
use crate::store::figures as tables;

/// Keeps formulas parsed.
static FEEL: LazyLock<Feel> = LazyLock::new(Feel::new);

/// A measure that somebody recorded, with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// Where it comes from.
    pub source: String,
    /// When it was recorded.
    pub at_ms: i64,
}

/// A measure of one organ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MeasureFact {
    /// The measure.
    pub word: String,
    /// Its value.
    pub value: i64,
    /// Who recorded it; `None` when it was counted just now.
    pub recorded: Option<Recorded>,
}

/// The figures of one organ.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OrganFigures {
    /// The organ.
    pub organ: OrganId,
    /// From 1; organs with the same score share a rank. `None` where nothing can be counted.
    pub rank: Option<u32>,
    /// Weighted mean of its figures, in percent.
    pub score: Option<f64>,
    /// In the order of the formulas.
    pub figures: Vec<Figure>,
    /// What the figures were computed from.
    pub measures: Vec<MeasureFact>,
}

/// The board of the chief data officer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Board {
    /// Formulas, in order.
    pub formulas: Vec<Formula>,
    /// All organs together.
    pub total: Vec<Figure>,
    /// Organs, the best first; those without a figure last.
    pub organs: Vec<OrganFigures>,
    /// Moment of counting, in milliseconds since 1970.
    pub at_ms: i64,
}

/// The formulas in force: those of the start, replaced and completed by what the authority edited. With moment and account where edited.
///
/// # Errors
/// The database's.
pub fn formulas(tx: &mut Tx<'_>) -> Result<Vec<(Formula, Option<(i64, String)>)>, StoreError> {
    let mut all: Vec<(Formula, Option<(i64, String)>)> = default_formulas().into_iter().map(|formula| (formula, None)).collect();
    for (formula, at_ms, actor) in tables::formulas(tx)? {
        match all.iter_mut().find(|(known, _)| known.slug == formula.slug) {
            Some(place) => *place = (formula, Some((at_ms, actor))),
            None => all.push((formula, Some((at_ms, actor)))),
        }
    }
    Ok(all)
}

/// Counts, evaluates and ranks.
///
/// # Errors
/// The database's.
pub fn board(tx: &mut Tx<'_>, today: Date, at_ms: i64) -> Result<Board, StoreError> {
    let formulas: Vec<Formula> = formulas(tx)?.into_iter().map(|(formula, _)| formula).collect();
    let words: Vec<&str> = MEASURES.iter().filter(|measure| measure.source == MeasureSource::Catalogue).map(|measure| measure.word).collect();
    let counted = tables::counted(tx, &words, &today.to_string())?;
    let mut facts: BTreeMap<String, Vec<MeasureFact>> = BTreeMap::new();
    for (organ, measures) in counted {
        let fact = |(word, value)| MeasureFact { word, value, recorded: None };
        facts.insert(organ, measures.into_iter().map(fact).collect());
    }
    for (organ, word, value, source, at_ms) in tables::recorded(tx)? {
        facts.entry(organ).or_default().push(MeasureFact { word, value, recorded: Some(Recorded { source, at_ms }) });
    }
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    let mut organs = Vec::new();
    for (organ, measures) in facts {
        let Ok(organ) = OrganId::parse(&organ) else { continue };
        let values: BTreeMap<String, i64> = measures.iter().map(|fact| (fact.word.clone(), fact.value)).collect();
        for (word, value) in &values {
            *sums.entry(word.clone()).or_default() += value;
        }
        let figures: Vec<Figure> = formulas.iter().map(|formula| evaluate(&FEEL, formula, &values)).collect();
        organs.push(OrganFigures { organ, rank: None, score: score(&formulas, &figures), figures, measures });
    }
    rank(&mut organs);
    let total = formulas.iter().map(|formula| evaluate(&FEEL, formula, &sums)).collect();
    Ok(Board { formulas, total, organs, at_ms })
}

fn rank(organs: &mut [OrganFigures]) {
    organs.sort_by(|a, b| b.score.unwrap_or(-1.0).total_cmp(&a.score.unwrap_or(-1.0)).then_with(|| a.organ.cmp(&b.organ)));
    let mut last: Option<(f64, u32)> = None;
    for (place, organ) in (1_u32..).zip(organs.iter_mut()) {
        let Some(score) = organ.score else { continue };
        let rank = last.filter(|(same, _)| same.total_cmp(&score).is_eq()).map_or(place, |(_, rank)| rank);
        last = Some((score, rank));
        organ.rank = Some(rank);
    }
}

/// The resources behind a measure, of an organ or all, with what each adds; at most 500.
///
/// # Errors
/// The database's.
pub fn figure_resources(tx: &mut Tx<'_>, measure: &str, organ: Option<&OrganId>, today: Date) -> Result<Vec<(ResourceRow, i64)>, StoreError> {
    let behind = tables::behind(tx, measure, organ.map(OrganId::as_str), &today.to_string(), 500)?;
    let ids: Vec<String> = behind.iter().map(|(id, _)| id.clone()).collect();
    let rows = super::rows_of(tx, &ids)?;
    let adds = |row: ResourceRow| {
        let quantity = behind.iter().find(|(id, _)| id == row.id.as_str()).map_or(0, |(_, quantity)| *quantity);
        (row, quantity)
    };
    Ok(rows.into_iter().map(adds).collect())
}

/// The statement by which a measure of the catalogue is counted; `None` for one that is recorded.
#[must_use]
pub fn measure_source(word: &str) -> Option<String> {
    tables::source_of(word)
}
