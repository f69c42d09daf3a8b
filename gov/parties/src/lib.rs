#![doc = include_str!("../README.md")]

mod commands;
mod events;
mod model;
mod queries;
mod sealing;
mod store;

pub use commands::{
    AbolishDivision, AcceptDelegation, AddPost, AddStaff, AssignPost, CorrectPerson, DELEGATION_YEARS_MAX, DeclineDelegation, DescribeOrgan,
    EnactDivision, EndAbsence, GrantDelegation, RegisterLegalPerson, RegisterOrgan, RegisterPerson, RelievePost, RenameOrgan, RevokeDelegation,
    SetAbsence, SetLegalPersonStatus,
};
pub use model::certificate_id::{CertificateId, check_type_code};
pub use model::checks::mod_37_36;
pub use model::delegation::{Delegation, DelegationKind, DelegationState, Scope};
pub use model::division::{DivisionCode, DivisionKind, DivisionLevel};
pub use model::divisions::{Division, Divisions};
pub use model::identity::{IdentityKind, IdentityNumber, Sex, age_on};
pub use model::masking::{
    IdentityMask, MaskKind, NameMask, mask_address, mask_bank_card, mask_email, mask_identity, mask_mobile, mask_name, mask_phone, mask_plate,
};
pub use model::organ::{Absence, HeldPost, LocalDivision, Organ, OrganDetails, Post, SealMotif, Staff};
pub use model::party::{DelegationId, LegalPersonId, OrganId, Party, PersonId, PostId, StaffId};
pub use model::person::{ADULT_AGE_YEARS, LegalPerson, LegalPersonStatus, Person, SealedPerson, parse_mobile};
pub use model::problem::Problem;
pub use model::service_code::{BasicCode, HandleItemCode, ImplementationCode};
pub use model::unified::{BodyClass, OrganizationCode, RegistrationNumber, UnifiedCode};
pub use queries::*;
pub use sealing::{PLACE_ADDRESS, PLACE_IDENTITY_NUMBER, PLACE_MOBILE, PLACE_NAME};
pub use store::MIGRATIONS;
