//! What happened to parties. Journal payloads hold no personal data in the clear: persons' fields are sealed, names of
//! officials and the registered facts of legal persons are public.

use crate::model::delegation::{Delegation, DelegationState};
use crate::model::division::DivisionCode;
use crate::model::organ::{Absence, LocalDivision, Organ, OrganDetails, Post, Staff};
use crate::model::party::{DelegationId, LegalPersonId, OrganId, PostId, StaffId};
use crate::model::person::{LegalPerson, LegalPersonStatus, SealedPerson};
use crate::sealing::PersonIndexes;
use crate::store as tables;
use clock::Date;
use i18n::Text;
use serde::Serialize;
use store::{StoreError, Tx};

/// The journal stream of a division.
pub(crate) fn division_stream(code: &DivisionCode) -> String {
    format!("division:{code}")
}

runner::events! {
    /// A division came into use.
    DivisionEnacted = "division-enacted" { division: LocalDivision }
        => |event, tx, moment| tables::divisions::insert(tx, &event.division);

    /// A division ended.
    DivisionAbolished = "division-abolished" { code: DivisionCode, valid_until: Date, successor: Option<DivisionCode> }
        => |event, tx, moment| tables::divisions::end(tx, event.code.as_str(), event.valid_until, event.successor.as_ref().map(DivisionCode::as_str));

    /// An organ was registered.
    OrganRegistered = "organ-registered" { organ: Organ }
        => |event, tx, moment| tables::organs::insert(tx, &event.organ);

    /// An organ got another name.
    OrganRenamed = "organ-renamed" { organ: OrganId, name: Text, basis: String }
        => |event, tx, moment| tables::organs::rename(tx, event.organ.as_str(), &event.name, moment.version);

    /// Duties, address, hours or telephones of an organ changed.
    OrganDescribed = "organ-described" { organ: OrganId, #[serde(skip)] division: DivisionCode, details: OrganDetails }
        => |event, tx, moment| tables::organs::describe(tx, event.organ.as_str(), &event.division, &event.details, moment.version);

    /// A post was added.
    PostAdded = "post-added" { post: Post }
        => |event, tx, moment| tables::posts::insert(tx, &event.post);

    /// Somebody joined the staff.
    StaffAdded = "staff-added" { staff: Staff }
        => |event, tx, moment| tables::staff::insert(tx, &event.staff);

    /// Somebody got a post.
    PostAssigned = "post-assigned" { staff: StaffId, post: PostId }
        => |event, tx, moment| {
            tables::posts::assign(tx, event.staff.as_str(), event.post.as_str())?;
            tables::staff::set_version(tx, event.staff.as_str(), moment.version)
        };

    /// Somebody was relieved of a post.
    PostRelieved = "post-relieved" { staff: StaffId, post: PostId }
        => |event, tx, moment| {
            tables::posts::relieve(tx, event.staff.as_str(), event.post.as_str())?;
            tables::staff::set_version(tx, event.staff.as_str(), moment.version)
        };

    /// An absence with its substitute was arranged.
    AbsenceSet = "absence-set" { staff: StaffId, absence: Absence }
        => |event, tx, moment| tables::staff::set_absence(tx, event.staff.as_str(), Some(&event.absence), moment.version);

    /// An absence ended early or was called off.
    AbsenceEnded = "absence-ended" { staff: StaffId }
        => |event, tx, moment| tables::staff::set_absence(tx, event.staff.as_str(), None, moment.version);

    /// A person was registered.
    PersonRegistered = "person-registered" { person: SealedPerson, #[serde(skip)] indexes: PersonIndexes }
        => |event, tx, moment| tables::persons::insert(tx, &event.person, &event.indexes, moment.version);

    /// A person's record was corrected.
    PersonCorrected = "person-corrected" { person: SealedPerson, #[serde(skip)] indexes: PersonIndexes, fields: Vec<&'static str>, reason: String }
        => |event, tx, moment| tables::persons::update(tx, &event.person, &event.indexes, moment.version);

    /// A legal person was registered.
    LegalPersonRegistered = "legal-person-registered" { legal_person: LegalPerson }
        => |event, tx, moment| tables::legal_persons::insert(tx, &event.legal_person, moment.version);

    /// The status of a legal person changed.
    LegalPersonStatusSet = "legal-person-status-set" { legal_person: LegalPersonId, status: LegalPersonStatus, basis: String }
        => |event, tx, moment| tables::legal_persons::set_status(tx, event.legal_person.as_str(), event.status, moment.version);

    /// Somebody was authorised to act for another.
    DelegationGranted = "delegation-granted" { delegation: Delegation }
        => |event, tx, moment| tables::delegations::insert(tx, &event.delegation, moment.version);

    /// The agent accepted.
    DelegationAccepted = "delegation-accepted" { delegation: DelegationId, #[serde(skip)] state: DelegationState }
        => |event, tx, moment| tables::delegations::set_state(tx, event.delegation.as_str(), event.state, moment.version);

    /// The agent declined.
    DelegationDeclined = "delegation-declined" { delegation: DelegationId, #[serde(skip)] state: DelegationState }
        => |event, tx, moment| tables::delegations::set_state(tx, event.delegation.as_str(), event.state, moment.version);

    /// Either side ended it.
    DelegationRevoked = "delegation-revoked" { delegation: DelegationId, #[serde(skip)] state: DelegationState, reason: String }
        => |event, tx, moment| tables::delegations::set_state(tx, event.delegation.as_str(), event.state, moment.version);
}
