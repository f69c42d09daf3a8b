use std::collections::BTreeMap;

use store::{StoreError, Tx};

use super::{json, json_text, parsed};
use crate::model::Compared;
use crate::queries::Settlement;

/// Items of all resources that are registered or published, by resource.
pub fn compared(tx: &mut Tx<'_>) -> Result<Vec<Compared>, StoreError> {
    let sql = "select i.resource, r.organ, i.item_key from catalogue_item i join catalogue_resource r on r.id = i.resource \
               where r.status in ('registered', 'publication-review', 'publication-refused', 'withdrawn', 'published') or r.published_version is not null";
    let mut found: BTreeMap<String, Compared> = BTreeMap::new();
    for row in tx.query(sql, &[])? {
        let resource: String = row.get(0)?;
        let entry = match found.get_mut(&resource) {
            Some(entry) => entry,
            None => {
                let new = Compared { resource: resource.clone(), organ: row.get(1)?, keys: Vec::new() };
                found.entry(resource).or_insert(new)
            }
        };
        let key: String = row.get(2)?;
        if !entry.keys.contains(&key) {
            entry.keys.push(key);
        }
    }
    Ok(found.into_values().collect())
}

/// What was settled about a pair.
pub fn settlements(tx: &mut Tx<'_>) -> Result<BTreeMap<(String, String), Settlement>, StoreError> {
    let rows = tx.query("select first, second, settlement from catalogue_duplicate", &[])?;
    rows.iter().map(|row| Ok(((row.get(0)?, row.get(1)?), parsed(row, 2, "a settlement", json)?))).collect()
}

pub fn settle(tx: &mut Tx<'_>, first: &str, second: &str, settlement: &Settlement) -> Result<(), StoreError> {
    tx.execute(
        "insert into catalogue_duplicate (first, second, settlement, at_ms) values ($1, $2, $3, $4)
         on conflict (first, second) do update set settlement = excluded.settlement, at_ms = excluded.at_ms",
        &[&first, &second, &json_text(settlement), &settlement.at_ms],
    )?;
    Ok(())
}
