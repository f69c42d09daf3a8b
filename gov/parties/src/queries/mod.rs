//! What can be asked about parties. Queries authorise nothing: whoever shows an answer has asked the authority before.

mod delegations;
mod divisions;
mod organs;
mod persons;
mod posts;

pub use delegations::{active_delegations, delegation, delegations_of_agent, delegations_of_principal, scopes_for};
pub use divisions::{division_name, divisions, divisions_in_force};
pub use organs::{organ, organ_by_code, organ_for_duty, organs};
pub use persons::{
    legal_person, legal_person_by_code, legal_persons_after, legal_persons_represented_by, person, person_by_identity_number, persons_after,
    persons_by_mobile, persons_by_name,
};
pub use posts::{holders_of_lane, post, posts_of_organ, posts_of_staff, staff, staff_of_organ};
