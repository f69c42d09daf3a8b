//! Starting, saving and discarding a draft. What is typed is never lost: a draft takes wrong answers too.

use runner::{ActorKind, Command, Cx, Halt, Refusal, Resource};
use seal::FieldKeys;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::DraftId;
use crate::engine::{Settings, applicant_of, load_draft, organ_of_duty, seal_draft};
use crate::events::Happened;
use crate::model::{Draft, refusals};
use crate::queries::DRAFTS_MAX;
use crate::store::drafts;

/// Starts an application for an item.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StartDraft {
    /// The item.
    pub slug: String,
    /// Answers to the guide questions, if known.
    #[serde(default)]
    pub situation: Map<String, Value>,
    /// Answers to begin with.
    #[serde(default)]
    pub answers: Map<String, Value>,
    /// Whether what government holds already is filled in where no answer is given.
    #[serde(default)]
    pub prefill: bool,
}

/// Saves what was entered so far; what is not named stays.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SaveDraft {
    /// The draft.
    pub draft: String,
    /// Answers to guide questions to be set.
    #[serde(default)]
    pub situation: Map<String, Value>,
    /// Answers to be set; `null` removes one.
    #[serde(default)]
    pub answers: Map<String, Value>,
    /// The page the person is on.
    #[serde(default)]
    pub page: String,
    /// The version the person saw; two devices at once are told.
    #[serde(default)]
    pub seen: Option<i64>,
}

/// Throws a draft away.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DiscardDraft {
    /// The draft.
    pub draft: String,
}

impl Command for StartDraft {
    type Outcome = String;
    const ACTION: &'static str = "case.start-draft";

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        let resource = application(cx, applicant_party(cx), &self.slug)?;
        cx.authorise(&resource)?;
        let package = cx.service::<procedure::Library>()?.current(&self.slug, cx.today()).ok_or_else(refusals::item_unavailable)?;
        if !package.item.on_application() {
            return Err(refusals::item_unavailable().into());
        }
        let account = cx.actor().account.clone();
        if drafts::count_of_account(cx.tx(), &account)? >= i64::from(DRAFTS_MAX) {
            return Err(refusals::too_many_drafts().into());
        }
        let party = resource.party.unwrap_or_default();
        let mut answers = if self.prefill { first_answers(cx, &package, &party)? } else { Map::new() };
        answers.extend(self.answers.clone());
        let draft = Draft {
            id: DraftId::make(cx.ids()).to_string(),
            slug: self.slug.clone(),
            account,
            party,
            situation: self.situation.clone(),
            answers,
            page: String::new(),
            version: 0,
            updated_ms: cx.now_ms(),
        };
        save(cx, &draft)?;
        Ok(draft.id)
    }
}

impl Command for SaveDraft {
    type Outcome = i64;
    const ACTION: &'static str = "case.save-draft";

    fn run(&self, cx: &mut Cx<'_>) -> Result<i64, Halt> {
        let mut draft = own_draft(cx, &self.draft)?;
        cx.expect_version(&self.draft, self.seen)?;
        draft.situation.extend(self.situation.clone());
        draft.answers.extend(self.answers.clone());
        draft.answers.retain(|_, value| !value.is_null());
        if !self.page.is_empty() {
            draft.page.clone_from(&self.page);
        }
        draft.updated_ms = cx.now_ms();
        save(cx, &draft)
    }
}

impl Command for DiscardDraft {
    type Outcome = ();
    const ACTION: &'static str = "case.delete-draft";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        own_draft(cx, &self.draft)?;
        cx.record(&self.draft, &Happened::DraftDiscarded { id: self.draft.clone() })?;
        Ok(())
    }
}

/// What is held about the applicant, as answers; nothing where somebody else begins the application.
fn first_answers(cx: &mut Cx<'_>, package: &procedure::Package, party: &str) -> Result<Map<String, Value>, Halt> {
    let (keys, actor, today) = (cx.service::<FieldKeys>()?, cx.actor(), cx.today());
    let Some(trace) = tracker::own(actor, party) else { return Ok(Map::new()) };
    let applicant = applicant_of(cx.tx(), &keys, party, &trace)?.ok_or_else(Refusal::not_found)?;
    let held = crate::queries::held_about(cx.tx(), &keys, actor, package, &applicant, today)?;
    Ok(held.first_answers(&package.form))
}

/// A draft of the actor's own account.
pub(super) fn own_draft(cx: &mut Cx<'_>, id: &str) -> Result<Draft, Halt> {
    let keys = cx.service::<FieldKeys>()?;
    let account = cx.actor().account.clone();
    cx.hold(id)?;
    let draft = load_draft(cx.tx(), &keys, id, &account)?.ok_or_else(Refusal::not_found)?;
    let resource = application(cx, Some(draft.party.clone()), &draft.slug)?;
    cx.authorise(&Resource { id: id.to_owned(), ..resource })?;
    Ok(draft)
}

/// For whom the actor applies: persons for themselves or for whom they act; staff only for somebody at the counter or on the telephone.
pub(super) fn applicant_party(cx: &Cx<'_>) -> Option<String> {
    let actor = cx.actor();
    let party = match actor.kind {
        ActorKind::Staff => actor.on_behalf.as_deref(),
        ActorKind::Anonymous | ActorKind::Person | ActorKind::Admin | ActorKind::System => actor.acting_party(),
    };
    party.map(str::to_owned)
}

/// An application as a resource. A member of staff applies for others at the organ that implements the item.
pub(super) fn application(cx: &mut Cx<'_>, party: Option<String>, slug: &str) -> Result<Resource, Halt> {
    let mut resource = Resource { party, scope: Some(slug.to_owned()), ..Resource::of("case") };
    if cx.actor().kind != ActorKind::Staff {
        return Ok(resource);
    }
    if resource.party.as_deref().unwrap_or_default().is_empty() || resource.party.as_deref() != cx.actor().on_behalf.as_deref() {
        return Err(Refusal::not_permitted().into());
    }
    let of_organ = |party: &str| parties::OrganId::parse(party).is_ok() && !cx.actor().posts.iter().any(|held| held.organ == party);
    if resource.party.as_deref().is_some_and(of_organ) {
        // An organ applies through its own staff, not at somebody else's counter.
        return Err(Refusal::not_permitted().into());
    }
    let package = cx.service::<procedure::Library>()?.current(slug, cx.today()).ok_or_else(refusals::item_unavailable)?;
    let division = cx.service::<Settings>()?.division.clone();
    let organ = organ_of_duty(cx.tx(), &package.item.duty, &division)?;
    resource.division = organ.as_ref().map(|organ| organ.division.clone());
    resource.organ = organ.map(|organ| organ.id);
    Ok(resource)
}

fn save(cx: &mut Cx<'_>, draft: &Draft) -> Result<i64, Halt> {
    let keys = cx.service::<FieldKeys>()?;
    let row = Box::new(seal_draft(draft, &keys, cx.entropy())?);
    cx.record(&draft.id, &Happened::DraftSaved { slug: draft.slug.clone(), page: draft.page.clone(), row })
}
