//! Who may ask: the owner's post by standing duty, anybody else for a case that is open and theirs.

use runner::{ActorKind, Cx, Halt, Refusal, Resource};
use tracker::{CONSENT_BASIS, CaseRef, Consent};

use crate::model::asking::{Asked, ConsentOf};
use crate::queries::present;

type Find = dyn Fn(&mut Cx<'_>, &str) -> Result<Option<CaseRef>, Halt> + Send + Sync;

/// How registers learn of cases, which stand on them: given to the runner by whoever knows cases. It finds an open case that the actor
/// handles, by identifier or number.
pub struct CaseBook(Box<Find>);

impl CaseBook {
    /// A book that looks cases up so.
    pub fn new(find: impl Fn(&mut Cx<'_>, &str) -> Result<Option<CaseRef>, Halt> + Send + Sync + 'static) -> Self {
        Self(Box::new(find))
    }
}

/// Authorises a question; gives it back with the case as the case book knows it, and with an organ that is the actor's own.
pub(super) fn authorised(cx: &mut Cx<'_>, asked: &Asked) -> Result<Asked, Halt> {
    let mut resource = present(cx.tx(), &asked.register)?.resource(cx.tx())?;
    let case = asked.case.as_ref().map(|case| handled(cx, &case.id)).transpose()?;
    let consent = match &asked.consent {
        Some(ConsentOf::Id(id)) => Some(asked_for(cx, id)?),
        Some(ConsentOf::Name(_)) | None => None,
    };
    if case.is_some() || consent.is_some() {
        resource = Resource { assignee: Some(cx.actor().account.clone()), ..resource };
    }
    cx.authorise(&resource)?;
    let actor = cx.actor();
    let organ = if actor.kind == ActorKind::Staff {
        let own = asked.organ.clone().filter(|organ| actor.posts.iter().any(|held| held.organ == *organ));
        own.or_else(|| actor.posts.first().map(|held| held.organ.clone()))
    } else {
        asked.organ.clone()
    };
    let Some(consent) = consent else { return Ok(Asked { case, organ, ..asked.clone() }) };
    // What she agreed to counts, whatever is said now.
    let terms = consent.terms;
    Ok(Asked { case, organ: Some(terms.organ), purpose: terms.purpose, basis: CONSENT_BASIS.to_owned(), ..asked.clone() })
}

/// A consent that an organ of the actor asked for; whether it is in force is looked at with the subject.
fn asked_for(cx: &mut Cx<'_>, id: &str) -> Result<Consent, Halt> {
    let actor = cx.actor();
    let found = tracker::consent(cx.tx(), id.trim())?;
    let own = found.filter(|consent| actor.posts.iter().any(|held| held.organ == consent.terms.organ));
    own.ok_or_else(|| consent_unknown().into())
}

fn consent_unknown() -> Refusal {
    Refusal::new(
        "consent-unknown",
        "没有找到本单位征得的这份同意。",
        "Your organ has asked for no such consent.",
        "请核对同意编号；没有本人同意的，须为办理中的办件查询。",
        "Check its number; without a consent a record is read for an open case only.",
    )
    .under("个人信息保护法 第十三条")
}

fn handled(cx: &mut Cx<'_>, case: &str) -> Result<CaseRef, Halt> {
    let book = cx.service::<CaseBook>()?;
    book.0(cx, case)?.ok_or_else(|| case_not_open().into())
}

fn case_not_open() -> Refusal {
    Refusal::new(
        "case-not-open",
        "没有找到由您办理的、尚未办结的这一办件。",
        "You handle no open case of this number.",
        "请核对办件编号；没有办件时，只有登记的主管岗位可以查询。",
        "Check the number of the case; without a case only the posts that keep the register may read it.",
    )
    .under("个人信息保护法 第三十四条")
}
