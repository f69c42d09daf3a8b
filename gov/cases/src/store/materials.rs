//! Files attached as materials.

use store::{Row, StoreError, Tx};

use crate::model::MaterialFile;

pub(crate) fn insert(tx: &mut Tx<'_>, file: &MaterialFile) -> Result<(), StoreError> {
    tx.execute(
        "insert into case_material (id, owner, material, file_name, blob, size_bytes, extension, added_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[&file.id, &file.owner, &file.material, &file.file_name, &file.blob, &file.size_bytes, &file.extension, &file.added_ms],
    )?;
    Ok(())
}

pub(crate) fn of_owner(tx: &mut Tx<'_>, owner: &str) -> Result<Vec<MaterialFile>, StoreError> {
    tx.query(
        "select id, owner, material, file_name, blob, size_bytes, extension, added_ms from case_material where owner = $1 order by id",
        &[&owner],
    )?
    .iter()
    .map(row)
    .collect()
}

pub(crate) fn hand_over(tx: &mut Tx<'_>, from: &str, to: &str) -> Result<(), StoreError> {
    tx.execute("update case_material set owner = $2 where owner = $1", &[&from, &to]).map(drop)
}

pub(crate) fn delete(tx: &mut Tx<'_>, id: &str) -> Result<(), StoreError> {
    tx.execute("delete from case_material where id = $1", &[&id]).map(drop)
}

pub(crate) fn delete_of_owner(tx: &mut Tx<'_>, owner: &str) -> Result<(), StoreError> {
    tx.execute("delete from case_material where owner = $1", &[&owner]).map(drop)
}

fn row(row: &Row) -> Result<MaterialFile, StoreError> {
    Ok(MaterialFile {
        id: row.get(0)?,
        owner: row.get(1)?,
        material: row.get(2)?,
        file_name: row.get(3)?,
        blob: row.get(4)?,
        size_bytes: row.get(5)?,
        extension: row.get(6)?,
        added_ms: row.get(7)?,
    })
}
