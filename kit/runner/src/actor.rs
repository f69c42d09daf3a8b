//! Who asks, for what, and who decides.

use serde::{Deserialize, Serialize};

/// What kind of account acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActorKind {
    /// Nobody signed in.
    Anonymous,
    /// A person, for herself or for whom she may act.
    Person,
    /// A member of staff.
    Staff,
    /// An administrator of the installation.
    Admin,
    /// The installation itself: timers and jobs.
    System,
}

/// A post held at this moment, by assignment or as a substitute.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ActorPost {
    /// Code of the post, as lanes name it.
    pub post: String,
    /// Organ.
    pub organ: String,
    /// Division of the organ.
    pub division: String,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account; `anonymous` and `system` are reserved.
    pub account: String,
    /// Its kind.
    pub kind: ActorKind,
    /// The person or member of staff behind it.
    pub party: Option<String>,
    /// The party for whom the actor acts, when that is another one.
    pub on_behalf: Option<String>,
    /// Posts, for staff.
    pub posts: Vec<ActorPost>,
    /// Roles of administration.
    pub roles: Vec<String>,
    /// Assurance of the sign-in, 0 (none) to 4.
    pub assurance: u8,
}

impl Actor {
    /// The installation itself.
    #[must_use]
    pub fn system() -> Self {
        Self::bare("system", ActorKind::System)
    }

    /// Nobody signed in.
    #[must_use]
    pub fn anonymous() -> Self {
        Self::bare("anonymous", ActorKind::Anonymous)
    }

    /// An actor with nothing but an account and a kind.
    #[must_use]
    pub fn bare(account: &str, kind: ActorKind) -> Self {
        Self { account: account.into(), kind, party: None, on_behalf: None, posts: Vec::new(), roles: Vec::new(), assurance: 0 }
    }

    /// The party whose affairs these are: the one acted for, else the actor's own.
    #[must_use]
    pub fn acting_party(&self) -> Option<&str> {
        self.on_behalf.as_deref().or(self.party.as_deref())
    }

    /// Whether the actor holds the post in the organ.
    #[must_use]
    pub fn holds(&self, organ: &str, post: &str) -> bool {
        self.posts.iter().any(|held| held.organ == organ && held.post == post)
    }
}

/// What an act is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// `case`, `document`, `package`, …
    pub kind: String,
    /// Its identifier; empty for the kind as a whole.
    pub id: String,
    /// The organ responsible.
    pub organ: Option<String>,
    /// The division of that organ.
    pub division: Option<String>,
    /// The post whose task this is.
    pub post: Option<String>,
    /// The organ of that post, when another one than the responsible organ.
    pub post_organ: Option<String>,
    /// The party whose affair it is (the applicant).
    pub party: Option<String>,
    /// The account that has claimed it.
    pub assignee: Option<String>,
    /// Accounts with an open or finished task in it.
    pub handlers: Vec<String>,
    /// The scope a delegation must cover, for example the slug of the item.
    pub scope: Option<String>,
    /// 0 public to 3 sensitive.
    pub sensitivity: u8,
}

impl Resource {
    /// The kind as a whole, or a new thing of it.
    #[must_use]
    pub fn of(kind: &str) -> Self {
        Self { kind: kind.into(), ..Self::default() }
    }
}

/// The answer of an authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// Whether the act is permitted.
    pub permitted: bool,
    /// Names of the policies that decided.
    pub policies: Vec<String>,
}

/// Who rules on single acts.
pub trait Authority: Send + Sync {
    /// Rules on one act. An action the authority does not know is not permitted.
    fn rule(&self, actor: &Actor, action: &str, resource: &Resource) -> Ruling;
}
