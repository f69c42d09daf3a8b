#![doc = include_str!("../README.md")]

mod model;

pub use model::certificate_id::{CertificateId, check_type_code};
pub use model::checks::mod_37_36;
pub use model::division::{DivisionCode, DivisionKind, DivisionLevel};
pub use model::divisions::{Division, Divisions};
pub use model::identity::{IdentityKind, IdentityNumber, Sex, age_on};
pub use model::masking::{
    IdentityMask, MaskKind, NameMask, mask_address, mask_bank_card, mask_email, mask_identity, mask_mobile, mask_name, mask_phone, mask_plate,
};
pub use model::problem::Problem;
pub use model::service_code::{BasicCode, HandleItemCode, ImplementationCode};
pub use model::unified::{BodyClass, OrganizationCode, RegistrationNumber, UnifiedCode};
