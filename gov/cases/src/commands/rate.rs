//! 好差评: one rating per case; a bad one opens a rectification case.

use std::collections::BTreeSet;

use runner::{Command, Cx, Halt};
use seal::FieldKeys;
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

use super::own_case;
use super::review_correction::responsible_organ;
use crate::engine::{open_by_system, seal_comment};
use crate::events::Happened;
use crate::model::{CaseStatus, RatingLevel, refusals};
use crate::store::ratings::{self, Rating};

/// The package of rectification cases.
pub const RECTIFICATION: &str = "haochaping-zhenggai";
const COMMENT_CHARS_MAX: usize = 1_000;

/// Rates a closed case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RateCase {
    /// The case.
    pub case: String,
    /// How satisfied.
    pub level: RatingLevel,
    /// Codes of national tags that fit the level.
    #[serde(default)]
    pub tags: Vec<u16>,
    /// In the applicant's words.
    #[serde(default)]
    pub comment: String,
}

impl Command for RateCase {
    type Outcome = Option<String>;
    const ACTION: &'static str = "case.rate";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Option<String>, Halt> {
        let mut work = own_case(cx, &self.case, None)?;
        if work.file.status != CaseStatus::Closed || !work.package.item.case.rating {
            return Err(refusals::not_rateable().into());
        }
        if ratings::find(work.cx.tx(), &self.case)?.is_some() {
            return Err(refusals::already_rated().into());
        }
        if self.tags.iter().any(|code| !self.level.tags().any(|tag| tag.code == *code)) {
            return Err(refusals::tag_unfit().into());
        }
        let comment: String = self.comment.trim().chars().filter(|c| !c.is_control() || *c == '\n').take(COMMENT_CHARS_MAX).collect();
        let tags: Vec<u16> = BTreeSet::from_iter(self.tags.iter().copied()).into_iter().collect();
        // A request that was passed on is not the hotline's.
        let organ = responsible_organ(&mut work)?;
        let rating = Rating {
            case: self.case.clone(),
            organ: organ.clone(),
            slug: work.file.slug.clone(),
            level: self.level,
            tags: tags.clone(),
            comment: seal_comment(&*work.cx.service::<FieldKeys>()?, &self.case, &comment, work.cx.entropy())?,
            at_ms: work.cx.now_ms(),
        };
        work.record(&Happened::CaseRated { level: self.level.code().into(), tags: tags.clone(), rating: Box::new(rating) })?;
        let number = work.file.number.clone();
        work.finish()?;
        let rectified = cx.service::<procedure::Library>()?.current(RECTIFICATION, cx.today()).is_some();
        // A bad rating counts also where the package of rectifications is not in force.
        if !self.level.is_bad() || !rectified {
            return Ok(None);
        }
        let answers = Map::from_iter([
            ("organ".to_owned(), json!(organ)),
            ("case_number".to_owned(), json!(number)),
            ("level".to_owned(), json!(self.level.code())),
            ("stars".to_owned(), json!(self.level.stars())),
            ("tags".to_owned(), json!(tags.iter().map(u16::to_string).collect::<Vec<_>>())),
            ("comment".to_owned(), json!(comment)),
        ]);
        let opened = open_by_system(cx, RECTIFICATION, Some(organ), answers, Some(self.case.clone()))?;
        Ok(Some(opened.id))
    }
}
