//! Random grants and random calls against a plain specification.

use std::collections::BTreeSet;

use clock::{Date, Timestamp};
use proptest::{prelude::*, sample::select};
use sharing::model::call::{Call, Candidate, Rights, Used};
use sharing::model::{GrantState, Ground, ItemUse, RowScope, decide};
use tracker::Manner;

const FIELDS: [&str; 4] = ["name", "address", "sex", "id_number"];
const ITEMS: [&str; 3] = ["item-a", "item-b", "item-c"];
const FIRST: Date = Date::constant(2026, 3, 1);

fn fields() -> impl Strategy<Value = BTreeSet<String>> {
    prop::collection::btree_set(select(FIELDS.to_vec()).prop_map(str::to_owned), 0..4)
}

fn ground() -> impl Strategy<Value = Ground> {
    let used = (select(ITEMS.to_vec()), fields()).prop_map(|(item, fields)| ItemUse { item: item.to_owned(), fields });
    prop_oneof![
        3 => prop::collection::vec(used, 0..3).prop_map(Ground::Cases),
        1 => Just(Ground::StandingDuty("监测".into())),
        1 => Just(Ground::Consent("核对".into())),
    ]
}

fn day(offset: i64) -> Date {
    FIRST.saturating_add(jiff::ToSpan::days(offset))
}

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    let one = (select(GrantState::ALL.to_vec()), fields(), ground(), (0_i64..8, 0_i64..8), (1_u32..4, 1_u32..4), (0_i64..4, 0_i64..4));
    let one = one.prop_map(|(state, fields, ground, (from, until), (quota_per_day, rate_per_minute), (today, this_minute))| Candidate {
        grant: String::new(),
        state,
        rights: Rights {
            resource: "r".into(),
            fields,
            rows: RowScope::default(),
            manner: Manner::YesNo,
            ground,
            purpose: "p".into(),
            basis: "b".into(),
            valid_from: day(from),
            valid_until: day(until),
            quota_per_day,
            rate_per_minute,
        },
        used: Used { today, this_minute },
    });
    prop::collection::vec(one, 0..4).prop_map(|mut all| {
        for (number, candidate) in all.iter_mut().enumerate() {
            candidate.grant = format!("grant_{number}");
        }
        all
    })
}

/// What the law says, without regard to order, speed or words: the field is granted, the day is within, the case is open and its item may
/// use the field, nothing is suspended, and there are calls left.
fn carries(candidate: &Candidate, call: &Call<'_>) -> bool {
    let rights = &candidate.rights;
    let today = clock::local_date(call.now);
    let in_use = candidate.state == GrantState::Granted;
    let in_time = rights.valid_from <= today && today <= rights.valid_until;
    let in_fields = !call.fields.is_empty() && call.fields.iter().all(|field| rights.fields.contains(*field));
    let in_case = match (&rights.ground, call.case) {
        (Ground::StandingDuty(_) | Ground::Consent(_), _) => true,
        (Ground::Cases(_), None) => false,
        (Ground::Cases(uses), Some((item, open))) => {
            // An item that is named twice is what is said first.
            let declared = uses.iter().find(|used| used.item == item).map(|used| &used.fields);
            open && declared.is_some_and(|declared| call.fields.iter().all(|field| declared.contains(*field)))
        }
    };
    let in_numbers = candidate.used.today < i64::from(rights.quota_per_day) && candidate.used.this_minute < i64::from(rights.rate_per_minute);
    in_use && in_time && in_fields && in_case && in_numbers
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn a_call_passes_exactly_when_one_grant_carries_it(
        candidates in candidates(),
        wanted in prop::collection::vec(select(FIELDS.to_vec()), 0..4),
        case in prop::option::of((select(ITEMS.to_vec()), any::<bool>())),
        offset in 0_i64..8,
        hour in 0_i64..24,
    ) {
        let now: Timestamp = clock::midnight(day(offset)) + jiff::SignedDuration::from_hours(hour);
        let call = Call { grantee: "o", target: "t", fields: &wanted, case, now };
        let carrying: Vec<&Candidate> = candidates.iter().filter(|candidate| carries(candidate, &call)).collect();
        match decide(&candidates, &call) {
            Ok(permit) => {
                let used = carrying.iter().find(|candidate| candidate.grant == permit.grant);
                let used = used.expect("passes under a grant that carries it");
                prop_assert!(permit.fields.is_subset(&used.rights.fields));
                prop_assert_eq!(permit.fields, wanted.iter().map(|field| (*field).to_owned()).collect::<BTreeSet<_>>());
                prop_assert_eq!(permit.manner, used.rights.manner);
                let wants = |candidate: &Candidate| (matches!(candidate.rights.ground, Ground::Consent(_)), candidate.rights.fields.len());
                prop_assert!(carrying.iter().all(|other| wants(used) <= wants(other)));
                let consent = if let Ground::Consent(name) = &used.rights.ground { Some(name.clone()) } else { None };
                prop_assert_eq!(permit.consent, consent);
            }
            Err(refusal) => {
                prop_assert!(carrying.is_empty(), "{} although a grant carries it", refusal.code);
                prop_assert!(!refusal.next_step.is_empty() && !refusal.basis.is_empty());
                prop_assert_eq!(refusal.code == "no-grant", candidates.is_empty());
            }
        }
    }
}
