//! From what a provider found to what a client is shown.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::code::Code;
use super::question::{Question, ROWS_COUNT_MAX};
use super::rights::{Found, FoundRow, Permit};
use super::service::Service;
use tracker::Manner;

/// The body of the answer: only fields that were asked for and granted, of the declared types, masked, in the row scope, small figures hidden.
///
/// # Errors
/// [`Code::ProviderLied`] when the provider answered another question, or values of other types.
pub fn shape(service: &Service, question: &Question, permit: &Permit, found: Found) -> Result<Value, Code> {
    match (question, found) {
        (Question::Read { fields, .. }, Found::Rows { rows, .. }) => Ok(json!({ "rows": shown_rows(service, question, fields, permit, &rows, 1)? })),
        (Question::Search { fields, .. }, Found::Rows { rows, next }) => {
            Ok(json!({ "rows": shown_rows(service, question, fields, permit, &rows, ROWS_COUNT_MAX)?, "next": next }))
        }
        (Question::Verify { claims, .. }, Found::Matches { known, holds, row }) => {
            // A row outside of the scope is as unknown as one that does not exist.
            let known = known && (permit.rows.is_all() || permit.rows.covers(&row));
            let answered = |field: &String| (field.clone(), Value::Bool(known && holds.get(field) == Some(&true)));
            Ok(json!({ "known": known, "matches": claims.keys().map(answered).collect::<Map<_, _>>() }))
        }
        (Question::Aggregate { by, .. }, Found::Groups(groups)) => shown_groups(service, by, permit, groups),
        _ => Err(Code::ProviderLied),
    }
}

fn shown_rows(
    service: &Service,
    question: &Question,
    fields: &[String],
    permit: &Permit,
    rows: &[FoundRow],
    count_max: u32,
) -> Result<Vec<Value>, Code> {
    let masked = permit.manner_of(question) == Manner::Masked;
    let in_scope = rows.iter().filter(|row| permit.rows.covers(&row.scope)).take(usize::try_from(count_max).unwrap_or(usize::MAX));
    in_scope.map(|row| shown_row(service, fields, permit, &row.values, masked)).collect()
}

fn shown_row(service: &Service, fields: &[String], permit: &Permit, row: &BTreeMap<String, Value>, masked: bool) -> Result<Value, Code> {
    let mut shown = Map::new();
    for name in fields.iter().filter(|name| permit.fields.contains(*name)) {
        let field = service.field(name).ok_or(Code::ProviderLied)?;
        let value = row.get(name).unwrap_or(&Value::Null);
        // What the provider masked is a text, whatever it was before.
        if !field.kind.fits(value) && !(masked && value.is_string()) {
            return Err(Code::ProviderLied);
        }
        let masked = match (permit.masks.get(name), value) {
            (_, Value::Null) | (None, _) => value.clone(),
            (Some(mask), Value::String(text)) => Value::String(mask.mask(text)),
            (Some(mask), other) => Value::String(mask.mask(&other.to_string())),
        };
        shown.insert(name.clone(), masked);
    }
    Ok(Value::Object(shown))
}

/// Small-cell suppression: a figure under the limit is hidden. Where exactly one is hidden, the next smallest is hidden as well, since the
/// total would give the first away; the total of hidden figures is never told.
fn shown_groups(service: &Service, by: &[String], permit: &Permit, mut groups: Vec<(Vec<Value>, Option<u64>)>) -> Result<Value, Code> {
    let typed = |values: &Vec<Value>| {
        let fits = |(name, value): (&String, &Value)| service.field(name).is_some_and(|field| field.kind.fits(value));
        values.len() == by.len() && by.iter().zip(values).all(fits)
    };
    if !groups.iter().all(|(values, _)| typed(values)) {
        return Err(Code::ProviderLied);
    }
    groups.retain(|(_, count)| *count != Some(0));
    // What the register keeps back comes first: it is the smallest, whatever it is.
    groups.sort_by(|(_, left), (_, right)| left.cmp(right));
    let limit = u64::from(permit.cell_count_min);
    let mut hidden = groups.iter().filter(|(_, count)| count.is_none_or(|count| count < limit)).count();
    if hidden == 1 && groups.len() > 1 {
        hidden = 2;
    }
    let mut shown: Vec<Value> = groups
        .iter()
        .enumerate()
        .map(|(place, (values, count))| json!({ "by": values, "count": if place < hidden { Value::Null } else { Value::from(*count) } }))
        .collect();
    // Order by size would rank what is hidden.
    shown.sort_by_key(|group| group.get("by").map(Value::to_string));
    Ok(json!({ "groups": shown, "hidden_below": limit }))
}

#[cfg(test)]
mod tests;
