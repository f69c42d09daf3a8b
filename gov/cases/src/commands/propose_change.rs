//! The burden meter's proposal as a case: the organ that owns an item adopts it, or says why not.

use runner::{Command, Cx, Fault, Halt, Refusal, Resource};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::engine::{Settings, open_by_system, organ_of_duty};
use crate::events::Happened;
use crate::model::refusals;
use crate::queries::{AskedThoughHeld, ItemBurden, Proposal, item_burdens, proposal};

/// The package of proposals.
pub const PROPOSAL: &str = "banshi-jianfu";

/// Proposes to whoever owns an item that it no longer asks for what registers hold (国务院令第716号 第七条). Gives the number of the case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProposeChange {
    /// The item.
    pub slug: String,
}

impl Command for ProposeChange {
    type Outcome = String;
    const ACTION: &'static str = "case.propose-change";

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        cx.authorise(&Resource::of("case"))?;
        let stream = format!("burden:{}", self.slug);
        cx.hold(&stream)?;
        let library = cx.service::<procedure::Library>()?;
        let package = library.current(&self.slug, cx.today()).ok_or_else(Refusal::not_found)?;
        if library.current(PROPOSAL, cx.today()).is_none() {
            return Err(refusals::proposals_not_in_force().into());
        }
        let burden = item_burdens(cx.tx(), &[package])?.pop().ok_or_else(Refusal::not_found)?;
        if burden.proposed.as_ref().is_some_and(|proposed| proposed.outcome.is_none()) {
            return Err(refusals::proposal_open().into());
        }
        let proposal = proposal(&burden).ok_or_else(refusals::nothing_to_propose)?;
        let division = cx.service::<Settings>()?.division.clone();
        let duty = &burden.package.item.duty;
        let owner = organ_of_duty(cx.tx(), duty, &division)?.ok_or_else(|| Fault::because(format!("no organ has the duty {duty} in {division}")))?;
        let mut answers = answers(&burden, &proposal, &owner.id);
        if let Some(organ) = proposer(cx)? {
            answers.insert("proposed_by".to_owned(), json!(organ));
        }
        let file = open_by_system(cx, PROPOSAL, Some(owner.id), answers, None)?;
        cx.record(&stream, &Happened::ChangeProposed { slug: self.slug.clone(), case: file.id, count: proposal.count })?;
        Ok(file.number)
    }
}

fn answers(burden: &ItemBurden, proposal: &Proposal, owner: &str) -> Map<String, Value> {
    let line =
        |what: &str, held: &AskedThoughHeld| format!("{what}：{}（{}），{}已登记（{}）", held.title.zh, held.place, held.held_in.zh, held.source);
    let fields = burden.fields.iter().map(|held| line("已有仍填", held));
    let asked: Vec<String> = fields.chain(burden.materials.iter().map(|held| line("已有仍交", held))).collect();
    Map::from_iter([
        ("organ".to_owned(), json!(owner)),
        ("item_name".to_owned(), json!(burden.package.item.name.zh)),
        ("slug".to_owned(), json!(burden.package.slug)),
        ("package_hash".to_owned(), json!(burden.package.hash.to_string())),
        ("fields_count".to_owned(), json!(burden.fields.len())),
        ("materials_count".to_owned(), json!(burden.materials.len())),
        ("minutes".to_owned(), json!(burden.minutes)),
        ("applications".to_owned(), json!(burden.measured.applications)),
        ("typed".to_owned(), json!(burden.measured.typed)),
        ("attached".to_owned(), json!(burden.measured.attached)),
        ("asked".to_owned(), json!(asked.join("\n"))),
        ("change".to_owned(), json!(proposal.diff)),
    ])
}

/// The organ of whoever proposes.
fn proposer(cx: &mut Cx<'_>) -> Result<Option<String>, Halt> {
    let Some(post) = cx.actor().posts.first() else { return Ok(None) };
    let Ok(id) = parties::OrganId::parse(&post.organ) else { return Ok(None) };
    Ok(parties::organ(cx.tx(), &id)?.map(|organ| organ.name.zh))
}
