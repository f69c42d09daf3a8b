//! Which cases an actor sees in lists: a condition as data, which the store of cases compiles into its query. Lists are never filtered
//! afterwards; that the condition says the same as the policies for `case.read` is tested here and, on real lists, in `cases`.

use runner::{Actor, ActorKind, Resource};

use crate::{
    authority::task_organ,
    model::{HEAD_POST, SCOPE_EVERYTHING, delegation_scopes},
};

/// What an actor sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything: the installation itself.
    All,
    /// What fits at least one part.
    AnyOf(Vec<ScopePart>),
    /// Nothing.
    Nothing,
}

/// One reason to see a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScopePart {
    /// The case's organ is one of these (heads).
    Organs(Vec<String>),
    /// It has an open task of one of these posts.
    Posts(Vec<OrganPost>),
    /// It is the affair of this party.
    Own {
        /// The party.
        party: String,
        /// Only cases of these items (slugs), when an authorisation covers no more.
        items: Option<Vec<String>>,
    },
    /// This account has or had a task in it.
    Granted {
        /// The account.
        account: String,
    },
}

/// A post of an organ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OrganPost {
    /// Organ.
    pub organ: String,
    /// Code of the post.
    pub post: String,
}

impl Scope {
    /// The cases an actor may see in lists.
    #[must_use]
    pub fn for_case_list(actor: &Actor) -> Self {
        match actor.kind {
            ActorKind::System => Self::All,
            ActorKind::Anonymous | ActorKind::Admin => Self::Nothing,
            ActorKind::Person => Self::of_person(actor),
            ActorKind::Staff => Self::of_staff(actor),
        }
    }

    fn of_person(actor: &Actor) -> Self {
        let Some(party) = actor.acting_party().filter(|party| !party.is_empty()) else { return Self::Nothing };
        let limited = actor.on_behalf.is_some() && !delegation_scopes(actor).any(|scope| scope == SCOPE_EVERYTHING);
        let items = limited.then(|| delegation_scopes(actor).filter(|scope| !scope.is_empty()).map(str::to_owned).collect());
        match &items {
            Some(items) if Vec::<String>::is_empty(items) => Self::Nothing,
            _ => Self::AnyOf(vec![ScopePart::Own { party: party.to_owned(), items }]),
        }
    }

    fn of_staff(actor: &Actor) -> Self {
        let mut parts = vec![ScopePart::Granted { account: actor.account.clone() }];
        let posts = actor.posts.iter().map(|held| OrganPost { organ: held.organ.clone(), post: held.post.clone() });
        let mut posts: Vec<OrganPost> = posts.collect();
        posts.sort();
        posts.dedup();
        let mut heads: Vec<String> = posts.iter().filter(|held| held.post == HEAD_POST).map(|held| held.organ.clone()).collect();
        heads.retain(|organ| !organ.is_empty());
        if !posts.is_empty() {
            parts.push(ScopePart::Posts(posts));
        }
        if !heads.is_empty() {
            parts.push(ScopePart::Organs(heads));
        }
        let for_organ = actor.on_behalf.clone().filter(|party| actor.posts.iter().any(|held| held.organ == *party));
        parts.extend(for_organ.map(|party| ScopePart::Own { party, items: None }));
        Self::AnyOf(parts)
    }

    /// Whether a case is within the scope.
    #[must_use]
    pub fn sees(&self, case: &Resource) -> bool {
        match self {
            Self::All => true,
            Self::AnyOf(parts) => parts.iter().any(|part| part.sees(case)),
            Self::Nothing => false,
        }
    }
}

/// Whether a case is within a scope; the same as [`Scope::sees`].
#[must_use]
pub fn visible(scope: &Scope, case: &Resource) -> bool {
    scope.sees(case)
}

impl ScopePart {
    fn sees(&self, case: &Resource) -> bool {
        match self {
            Self::Organs(organs) => case.organ.as_ref().is_some_and(|organ| organs.contains(organ)),
            Self::Posts(posts) => match (&case.post, task_organ(case)) {
                (Some(post), organ) => posts.iter().any(|held| &held.post == post && held.organ == organ.unwrap_or_default()),
                (None, _) => false,
            },
            Self::Own { party, items } => {
                let covered = items.as_ref().is_none_or(|items| case.scope.as_ref().is_some_and(|scope| items.contains(scope)));
                case.party.as_ref() == Some(party) && covered
            }
            Self::Granted { account } => case.assignee.as_ref() == Some(account) || case.handlers.contains(account),
        }
    }
}

#[cfg(test)]
mod tests;
