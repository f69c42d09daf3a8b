//! Starting, saving and discarding a draft. What is typed is never lost: a draft takes wrong answers too.

use runner::{Command, Cx, Halt, Refusal, Resource};
use seal::FieldKeys;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::DraftId;
use crate::engine::{load_draft, seal_draft};
use crate::events::Happened;
use crate::model::{Draft, refusals};

/// Starts an application for an item.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StartDraft {
    /// The item.
    pub slug: String,
    /// Answers to the guide questions, if known.
    #[serde(default)]
    pub situation: Map<String, Value>,
    /// Answers to begin with (prefilled).
    #[serde(default)]
    pub answers: Map<String, Value>,
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
        let party = cx.actor().acting_party().map(str::to_owned);
        let resource = Resource { party: party.clone(), scope: Some(self.slug.clone()), ..Resource::of("case") };
        cx.authorise(&resource)?;
        let package = cx.service::<procedure::Library>()?.current(&self.slug, cx.today()).ok_or_else(refusals::item_unavailable)?;
        if !package.item.on_application() {
            return Err(refusals::item_unavailable().into());
        }
        let draft = Draft {
            id: DraftId::make(cx.ids()).to_string(),
            slug: self.slug.clone(),
            account: cx.actor().account.clone(),
            party: party.unwrap_or_default(),
            situation: self.situation.clone(),
            answers: self.answers.clone(),
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

/// A draft of the actor's own account.
pub(super) fn own_draft(cx: &mut Cx<'_>, id: &str) -> Result<Draft, Halt> {
    let keys = cx.service::<FieldKeys>()?;
    let account = cx.actor().account.clone();
    let draft = load_draft(cx.tx(), &keys, id, &account)?.ok_or_else(Refusal::not_found)?;
    let resource = Resource { id: id.to_owned(), party: Some(draft.party.clone()), scope: Some(draft.slug.clone()), ..Resource::of("case") };
    cx.authorise(&resource)?;
    Ok(draft)
}

fn save(cx: &mut Cx<'_>, draft: &Draft) -> Result<i64, Halt> {
    let keys = cx.service::<FieldKeys>()?;
    let row = Box::new(seal_draft(draft, &keys, cx.entropy())?);
    cx.record(&draft.id, &Happened::DraftSaved { slug: draft.slug.clone(), page: draft.page.clone(), row })
}
