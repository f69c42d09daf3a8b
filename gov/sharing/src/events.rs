//! What happens to grants, as the journal keeps it. A grant holds no personal data: it says who may read which fields, not what they hold.

use clock::Date;
use runner::{Event, Moment};
use serde::Serialize;
use store::{StoreError, Tx};

use crate::model::{Demand, Grant, Request, Terms};
use crate::queries::Notice;
use crate::store as tables;

/// Everything that can happen to a grant.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum GrantEvent {
    /// 授权: the signed text is in the register of grants, its hash here.
    AccessGranted {
        /// What is granted.
        terms: Box<Terms>,
        /// SM3 of the signed text.
        terms_sm3: String,
        /// The case of the request.
        case: Option<String>,
        /// The row.
        #[serde(skip)]
        grant: Box<Grant>,
    },
    /// 延期.
    GrantExtended {
        /// The new last day.
        valid_until: Date,
        /// Why.
        reason: String,
        /// SM3 of the new signed text.
        terms_sm3: String,
        /// The row.
        #[serde(skip)]
        grant: Box<Grant>,
    },
    /// 停用.
    GrantSuspended {
        /// Why, with its basis.
        reason: String,
        /// The row.
        #[serde(skip)]
        grant: Box<Grant>,
    },
    /// 恢复.
    GrantResumed {
        /// Why.
        reason: String,
        /// The row.
        #[serde(skip)]
        grant: Box<Grant>,
    },
    /// 撤销.
    GrantWithdrawn {
        /// Why, with its basis.
        reason: String,
        /// The organ that ended it.
        by: Option<String>,
        /// The row.
        #[serde(skip)]
        grant: Box<Grant>,
    },
    /// 到期.
    GrantExpired {
        /// Its last day.
        valid_until: Date,
        /// The row.
        #[serde(skip)]
        grant: Box<Grant>,
    },
    /// A side was told.
    OrganTold {
        /// What it was told.
        #[serde(flatten)]
        notice: Notice,
    },
}

impl Event for GrantEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::AccessGranted { .. } => "access-granted",
            Self::GrantExtended { .. } => "grant-extended",
            Self::GrantSuspended { .. } => "grant-suspended",
            Self::GrantResumed { .. } => "grant-resumed",
            Self::GrantWithdrawn { .. } => "grant-withdrawn",
            Self::GrantExpired { .. } => "grant-expired",
            Self::OrganTold { .. } => "organ-told",
        }
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        let now = |grant: &Grant| Grant { version: moment.version, ..grant.clone() };
        match self {
            Self::AccessGranted { grant, .. } => tables::grants::insert(tx, &now(grant)),
            Self::GrantExtended { grant, .. }
            | Self::GrantSuspended { grant, .. }
            | Self::GrantResumed { grant, .. }
            | Self::GrantWithdrawn { grant, .. }
            | Self::GrantExpired { grant, .. } => tables::grants::update(tx, &now(grant)),
            Self::OrganTold { notice } => tables::notices::insert(tx, notice),
        }
    }
}

/// The public key with which an organ signs its grants became known. Its stream is the organ's.
#[derive(Clone, Debug, Serialize)]
pub struct OrganKeyRecorded {
    /// The organ.
    pub organ: String,
    /// Its verifier, as signed notes want it.
    pub verifier: String,
}

impl Event for OrganKeyRecorded {
    fn kind(&self) -> &'static str {
        "organ-key-recorded"
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        tables::keys::insert(tx, &self.organ, &self.verifier, moment.at_ms)
    }
}

/// A request was entered in the list both sides see.
#[derive(Clone, Debug, Serialize)]
pub struct RequestEntered {
    /// The request.
    #[serde(flatten)]
    pub request: Box<Request>,
}

impl Event for RequestEntered {
    fn kind(&self) -> &'static str {
        "sharing-request-entered"
    }

    fn apply(&self, tx: &mut Tx<'_>, _: &Moment) -> Result<(), StoreError> {
        tables::requests::insert(tx, &self.request)
    }
}

/// What happens to a demand.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum DemandEvent {
    /// It was declared.
    DemandDeclared {
        /// The demand.
        demand: Box<Demand>,
    },
    /// It was answered.
    DemandAnswered {
        /// The demand.
        demand: Box<Demand>,
    },
}

impl Event for DemandEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::DemandDeclared { .. } => "demand-declared",
            Self::DemandAnswered { .. } => "demand-answered",
        }
    }

    fn apply(&self, tx: &mut Tx<'_>, _: &Moment) -> Result<(), StoreError> {
        match self {
            Self::DemandDeclared { demand } => tables::demands::insert(tx, demand),
            Self::DemandAnswered { demand } => tables::demands::answer(tx, demand),
        }
    }
}
