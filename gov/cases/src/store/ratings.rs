//! Ratings.

use store::{Row, StoreError, Tx};

use crate::model::RatingLevel;

/// One rating.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Rating {
    /// The case rated.
    pub case: String,
    /// The organ responsible for it.
    pub organ: String,
    /// The item.
    pub slug: String,
    /// How satisfied.
    pub level: RatingLevel,
    /// Codes of the tags chosen.
    pub tags: Vec<u16>,
    /// In the applicant's words; sealed in the database.
    pub comment: String,
    /// Milliseconds since 1970.
    pub at_ms: i64,
}

pub(crate) fn insert(tx: &mut Tx<'_>, rating: &Rating) -> Result<(), StoreError> {
    let tags = rating.tags.iter().map(u16::to_string).collect::<Vec<_>>().join(",");
    tx.execute(
        "insert into case_rating (case_id, organ, slug, level, tags, comment, at_ms) values ($1, $2, $3, $4, $5, $6, $7)",
        &[&rating.case, &rating.organ, &rating.slug, &rating.level.code(), &tags, &rating.comment, &rating.at_ms],
    )?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx<'_>, case: &str) -> Result<Option<Rating>, StoreError> {
    tx.query_opt("select case_id, organ, slug, level, tags, comment, at_ms from case_rating where case_id = $1", &[&case])?
        .as_ref()
        .map(row)
        .transpose()
}

/// How often each level was given, for one item or for all.
pub(crate) fn counts(tx: &mut Tx<'_>, slug: Option<&str>) -> Result<Vec<(RatingLevel, i64)>, StoreError> {
    let rows = match slug {
        Some(slug) => tx.query("select level, count(*) from case_rating where slug = $1 group by level order by level", &[&slug])?,
        None => tx.query("select level, count(*) from case_rating group by level order by level", &[])?,
    };
    let counted = rows.iter().map(|row| Ok((RatingLevel::parse(&row.get::<String>(0)?), row.get::<i64>(1)?)));
    let counted: Vec<(Option<RatingLevel>, i64)> = counted.collect::<Result<_, StoreError>>()?;
    Ok(counted.into_iter().filter_map(|(level, count)| Some((level?, count))).collect())
}

fn row(row: &Row) -> Result<Rating, StoreError> {
    let level =
        RatingLevel::parse(&row.get::<String>(3)?).ok_or(StoreError::Type { column: 3, found: "another word", wanted: "a level of satisfaction" })?;
    let tags = row.get::<String>(4)?;
    Ok(Rating {
        case: row.get(0)?,
        organ: row.get(1)?,
        slug: row.get(2)?,
        level,
        tags: tags.split(',').filter_map(|tag| tag.parse().ok()).collect(),
        comment: row.get(5)?,
        at_ms: row.get(6)?,
    })
}
