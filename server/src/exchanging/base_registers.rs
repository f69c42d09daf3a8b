//! The base registers as the provider of the exchange: a call that may pass is answered with rows of the declared register behind its service.

use std::collections::{BTreeMap, BTreeSet};

use exchange::{Call, Code, Found, FoundRow, Permit, Provider, Question, ROWS_COUNT_MAX};
use registers::{Asked, ConsentOf, Covers, Filter, Origin, plain_text};
use runner::{Cx, Halt};
use serde_json::{Map, Value};
use store::Tx;

/// Every register that is declared on this node and kept here.
#[derive(Clone, Copy, Debug, Default)]
pub struct BaseRegisters;

impl Provider for BaseRegisters {
    fn answer(&self, cx: &mut Cx<'_>, call: &Call<'_>) -> Result<Found, Halt> {
        let asked = asked(call);
        let mut scope = Scope::of(call.permit);
        let found = match call.question {
            Question::Read { key, .. } => read(cx, &asked, key, &mut scope),
            Question::Search { filter, after, count, .. } => search(cx, &asked, filter, after.as_deref(), *count, &mut scope),
            Question::Verify { key, claims } => verify(cx, &asked, key, claims, &mut scope),
            Question::Aggregate { by, filter } => aggregate(cx, &asked, by, filter),
        };
        found.map_err(in_our_words)
    }

    fn keeps(&self, tx: &mut Tx<'_>, organ: &str, register: &str) -> Result<bool, Halt> {
        let found = registers::overview(tx, register)?.filter(|found| found.declaration.origin == Origin::Own);
        Ok(found.and_then(|found| found.owner).is_some_and(|owner| owner.id.as_str() == organ))
    }
}

/// What the register is asked, and what its subject will see of it.
fn asked(call: &Call<'_>) -> Asked {
    let permit = call.permit;
    Asked {
        register: call.service.register.clone(),
        fields: call.question.fields().into_iter().collect(),
        manner: call.manner,
        as_of: None,
        known_at_ms: None,
        organ: Some(call.organ.to_owned()),
        purpose: permit.purpose.clone(),
        basis: permit.basis.clone(),
        case: permit.case.clone(),
        grant: Some(permit.grant.clone()),
        message: Some(call.message.to_owned()),
        secret_until: permit.secret_until.clone(),
        consent: permit.consent.clone().map(ConsentOf::Name),
    }
}

/// The rows a permit covers; keeps what was looked at of those that it does.
struct Scope<'p> {
    permit: &'p Permit,
    fields: BTreeSet<String>,
    covered: Vec<BTreeMap<String, Value>>,
}

impl<'p> Scope<'p> {
    fn of(permit: &'p Permit) -> Self {
        Self { permit, fields: permit.rows.fields(), covered: Vec::new() }
    }

    fn look(&mut self, values: &Map<String, Value>) -> bool {
        let looked_at: BTreeMap<_, _> =
            self.fields.iter().filter_map(|field| values.get(field).map(|value| (field.clone(), value.clone()))).collect();
        let covers = self.permit.rows.covers(&looked_at);
        if covers {
            self.covered.push(looked_at);
        }
        covers
    }

    /// A row of what was shown; rows come in the order in which they were covered.
    fn rows(self: &mut Scope<'p>, shown: impl IntoIterator<Item = Map<String, Value>>) -> Vec<FoundRow> {
        let mut covered = std::mem::take(&mut self.covered).into_iter();
        shown.into_iter().map(|values| FoundRow { values: values.into_iter().collect(), scope: covered.next().unwrap_or_default() }).collect()
    }
}

/// Asks under the scope, where there is one.
fn within<T>(scope: &mut Scope<'_>, ask: impl FnOnce(Option<Covers<'_>>) -> T) -> T {
    if scope.permit.rows.is_all() {
        return ask(None);
    }
    ask(Some(&mut |values| scope.look(values)))
}

fn read(cx: &mut Cx<'_>, asked: &Asked, key: &str, scope: &mut Scope<'_>) -> Result<Found, Halt> {
    let record = within(scope, |covers| registers::read_by_key_within(cx, asked, key, covers))?;
    Ok(Found::Rows { rows: scope.rows(record.map(|record| record.values)), next: None })
}

fn search(
    cx: &mut Cx<'_>,
    asked: &Asked,
    filter: &BTreeMap<String, Value>,
    after: Option<&str>,
    count: u32,
    scope: &mut Scope<'_>,
) -> Result<Found, Halt> {
    // A search for nothing in particular would hand the register over.
    if filter.is_empty() {
        return Err(Code::BodyMalformed.into());
    }
    let filters: Vec<Filter> = filter.iter().map(|(field, value)| Filter::equal(field, &plain_text(value))).collect();
    let count = count.min(ROWS_COUNT_MAX);
    let page = within(scope, |covers| registers::read_by_filter_within(cx, asked, &filters, after, count, covers))?;
    Ok(Found::Rows { rows: scope.rows(page.records.into_iter().map(|record| record.values)), next: page.next })
}

fn verify(cx: &mut Cx<'_>, asked: &Asked, key: &str, claims: &BTreeMap<String, Value>, scope: &mut Scope<'_>) -> Result<Found, Halt> {
    let stated: Map<String, Value> = claims.iter().map(|(field, value)| (field.clone(), value.clone())).collect();
    let verified = within(scope, |covers| registers::verify_within(cx, asked, key, &stated, covers))?;
    Ok(Found::Matches { known: verified.found, holds: verified.matches, row: scope.covered.pop().unwrap_or_default() })
}

/// By one field, without a filter: figures of many filters could be subtracted from each other.
fn aggregate(cx: &mut Cx<'_>, asked: &Asked, by: &[String], filter: &BTreeMap<String, Value>) -> Result<Found, Halt> {
    let [field] = by else { return Err(Code::BodyMalformed.into()) };
    if !filter.is_empty() {
        return Err(Code::BodyMalformed.into());
    }
    let figures = registers::aggregate(cx, asked, field)?;
    let group = |cell: registers::Cell| (vec![Value::from(cell.value)], cell.count.and_then(|count| u64::try_from(count).ok()));
    Ok(Found::Groups(figures.cells.into_iter().map(group).collect()))
}

/// The refusal of a register under the code of the exchange; its sentence stays.
fn in_our_words(halt: Halt) -> Halt {
    match halt {
        Halt::Refused(mut refusal) => {
            let code = match refusal.code.as_ref() {
                "register-unknown" | "register-kept-elsewhere" => Code::ServiceUnknown,
                "field-unknown" | "fields-missing" | "key-unfit" | "filter-unfit" | "manner-unfit" => Code::BodyMalformed,
                other => Code::parse(other).unwrap_or(Code::NotGranted),
            };
            refusal.code = code.as_str().into();
            Halt::Refused(refusal)
        }
        fault @ Halt::Fault(_) => fault,
    }
}
