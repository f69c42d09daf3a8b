use crate::model::division::DivisionCode;
use crate::model::divisions::Divisions;
use crate::model::organ::LocalDivision;
use crate::store as tables;
use clock::Date;
use i18n::Text;
use store::{StoreError, Tx};

/// All divisions the node uses or has used, by code.
pub fn divisions(tx: &mut Tx<'_>) -> Result<Vec<LocalDivision>, StoreError> {
    tables::divisions::all(tx)
}

/// The divisions in force on a day, by code.
pub fn divisions_in_force(tx: &mut Tx<'_>, on: Date) -> Result<Vec<LocalDivision>, StoreError> {
    let mut all = tables::divisions::all(tx)?;
    all.retain(|division| division.in_force(on));
    Ok(all)
}

/// The name of a division: as the node calls it, else from the national table, else its code.
pub fn division_name(tx: &mut Tx<'_>, code: &DivisionCode) -> Result<Text, StoreError> {
    if let Some(local) = tables::divisions::find(tx, code.as_str())? {
        return Ok(local.name);
    }
    let national = Divisions::national().find(*code).map_or(code.as_str(), |row| row.name);
    Ok(Text::same(national))
}
