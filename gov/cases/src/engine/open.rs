//! Opening a case: from an application, or by the engine.

use flow::Input;
use ids::Entropy;
use procedure::codes::ClockStarts;
use runner::{Cx, Fault, Halt};
use seal::FieldKeys;
use serde_json::{Map, Value};

use super::{Settings, Work, parties_link, sm3_of};
use crate::events::{Happened, MaterialMark};
use crate::model::{Applicant, Burden, CaseFile, CaseStatus, Fact, MaterialFile, refusals};
use crate::store::{files, serials};

const QUERY_CODE_LENGTH: usize = 6;
/// Without characters that are mistaken for each other.
const QUERY_CODE_ALPHABET: &[u8] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// What a new case starts from; checked by the caller.
#[derive(Default)]
pub(crate) struct NewCase {
    pub slug: String,
    pub applicant: Applicant,
    pub agent: Option<String>,
    pub channel: String,
    pub situation: Map<String, Value>,
    pub answers: Map<String, Value>,
    pub materials: Vec<MaterialFile>,
    pub draft: Option<String>,
    pub parent: Option<String>,
    /// The organ responsible when it is not the one with the item's duty.
    pub organ: Option<String>,
    /// What was taken from registers.
    pub facts: Vec<Fact>,
    /// What the application asked of whoever made it.
    pub burden: Option<Burden>,
}

/// Opens a case that nobody applied for, in a command that has authorised what makes it necessary; its item is one that the installation
/// starts. The organ is the responsible one when that is not the one with the item's duty.
///
/// # Errors
/// The refusal `item-unavailable`; the database's.
pub fn open_by_system(
    cx: &mut Cx<'_>,
    slug: &str,
    organ: Option<String>,
    answers: Map<String, Value>,
    parent: Option<String>,
) -> Result<CaseFile, Halt> {
    let new = NewCase { slug: slug.to_owned(), channel: "system".into(), answers, parent, organ, ..NewCase::default() };
    open_case(cx, new)
}

/// Opens the case, starts its flow, and writes it.
pub(crate) fn open_case(cx: &mut Cx<'_>, new: NewCase) -> Result<CaseFile, Halt> {
    let library = cx.service::<procedure::Library>()?;
    let package = library.current(&new.slug, cx.today()).ok_or_else(refusals::item_unavailable)?;
    let division = cx.service::<Settings>()?.division.clone();
    let organ = match &new.organ {
        Some(organ) => parties_link::organ(cx.tx(), organ)?,
        None => parties_link::organ_of_duty(cx.tx(), &package.item.duty, &division)?,
    };
    let organ = organ.ok_or_else(|| Fault::because(format!("no organ has the duty {} in {division}", package.item.duty)))?;
    let number = case_number(cx, &package.item, &organ.uscc)?;
    let submitted_ms = cx.now_ms();
    let file = CaseFile {
        line: files::next_line(cx.tx(), submitted_ms)?,
        id: Work::new_id(cx),
        number,
        query_code: query_code(cx.entropy()),
        package_hash: package.hash.to_string(),
        slug: package.slug.clone(),
        item_name: package.item.name.clone(),
        organ: organ.id,
        division: organ.division,
        applicant_shown: parties_link::shown_name(&new.applicant),
        applicant: new.applicant,
        agent: new.agent,
        channel: new.channel,
        status: CaseStatus::Submitted,
        outcome: None,
        version: 0,
        submitted_ms,
        accepted_on: None,
        accepted_by_default: false,
        closed_ms: None,
        clock: None,
        due_on: None,
        correction: None,
        decision: None,
        situation: new.situation,
        answers: new.answers,
        instance: flow::Instance::new(Map::new()),
        parent: new.parent,
        reopened: false,
    };
    let keys = cx.service::<FieldKeys>()?;
    cx.loaded_version(&file.id, 0);
    let mut work = Work::of(cx, package, file, keys, true)?;
    work.submitted(&new.materials, new.draft, new.facts, new.burden)?;
    work.finish()
}

impl Work<'_, '_> {
    fn submitted(&mut self, materials: &[MaterialFile], draft: Option<String>, facts: Vec<Fact>, burden: Option<Burden>) -> Result<(), Halt> {
        let file = &self.file;
        let facts_sm3 = if facts.is_empty() { None } else { Some(self.mark_of(&serde_json::to_string(&facts)?)?) };
        let marks = materials.iter().map(|file| MaterialMark { material: file.material.clone(), blob: file.blob.clone() }).collect();
        let event = Happened::CaseSubmitted {
            number: file.number.clone(),
            slug: file.slug.clone(),
            package_hash: file.package_hash.clone(),
            organ: file.organ.clone(),
            division: file.division.clone(),
            channel: file.channel.clone(),
            applicant_sm3: sm3_of(&format!("{}\n{}", file.id, file.applicant.party)),
            answers_sm3: self.mark_of_answers()?,
            materials: marks,
            parent: file.parent.clone(),
            facts_sm3,
            facts,
            burden,
            draft,
        };
        self.record(&event)?;
        let today = self.today();
        if self.package.item.case.clock_starts == ClockStarts::Submitted {
            self.start_clock(today);
            self.accept(today, false)?;
        }
        self.arm_acceptance(today)?;
        self.advance(Input::Start)
    }
}

/// 实施编码 (31) or the package's prefix, the day, and a number of that day: at most 50 characters.
fn case_number(cx: &mut Cx<'_>, item: &procedure::Item, organ_uscc: &str) -> Result<String, Halt> {
    let prefix = match item.case.number_prefix.as_str() {
        "" => item.implementation_code(organ_uscc),
        prefix => prefix.to_owned(),
    };
    let day = cx.today().strftime("%Y%m%d").to_string();
    let serial = serials::next(cx.tx(), &format!("case/{prefix}/{day}"))?;
    Ok(format!("{prefix}{day}{serial:05}"))
}

fn query_code(entropy: &mut dyn Entropy) -> String {
    let bound = u64::try_from(QUERY_CODE_ALPHABET.len()).unwrap_or(1);
    let letter = |entropy: &mut dyn Entropy| usize::try_from(entropy.below(bound)).ok().and_then(|at| QUERY_CODE_ALPHABET.get(at));
    (0..QUERY_CODE_LENGTH).filter_map(|_| letter(entropy)).map(|byte| char::from(*byte)).collect()
}
