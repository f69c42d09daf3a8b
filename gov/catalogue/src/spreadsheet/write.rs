//! Tables that others read: what the reader of this crate takes back without a change.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

use super::columns::{COLUMNS, Meaning};
use crate::model::{Content, InformationItem, LegalBasis, Resource};

const SHEET: &str = "政务信息资源目录";
/// What is not written: running numbers and remarks.
const LEFT_OUT: [Meaning; 3] = [Meaning::Number, Meaning::Remark, Meaning::Detail];

fn columns() -> Vec<(Meaning, &'static str)> {
    COLUMNS.iter().filter(|(meaning, _, _)| !LEFT_OUT.contains(meaning)).map(|(meaning, name, _)| (*meaning, *name)).collect()
}

/// Resources as an Excel file: one row an item, what belongs to the resource in its first row.
///
/// # Errors
/// When the file cannot be made.
pub fn to_xlsx(resources: &[Resource]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(SHEET)?;
    let bold = Format::new().set_bold().set_align(FormatAlign::Center).set_text_wrap();
    for (place, (meaning, name)) in (0_u16..).zip(columns()) {
        sheet.write_string_with_format(0, place, name, &bold)?;
        sheet.set_column_width(place, width(meaning))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let mut at = 1;
    for resource in resources {
        for row in rows(resource) {
            for (place, value) in (0_u16..).zip(row) {
                if !value.is_empty() {
                    sheet.write_string(at, place, value)?;
                }
            }
            at += 1;
        }
    }
    book.save_to_buffer()
}

/// Resources as CSV in UTF-8 with a byte order mark, which office programs want.
///
/// # Errors
/// When the text cannot be made.
pub fn to_csv(resources: &[Resource]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(vec![0xEF, 0xBB, 0xBF]);
    writer.write_record(columns().into_iter().map(|(_, name)| name))?;
    for row in resources.iter().flat_map(rows) {
        writer.write_record(row.iter().map(|value| harmless(value)))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// A text that a spreadsheet would take for a formula gets an apostrophe; the reader takes it off.
fn harmless(value: &str) -> String {
    if value.starts_with(['=', '+', '-', '@']) { format!("'{value}") } else { value.to_owned() }
}

fn width(meaning: Meaning) -> f64 {
    match meaning {
        Meaning::Name | Meaning::Summary | Meaning::ShareCondition | Meaning::Basis => 36.0,
        Meaning::Provider | Meaning::ProviderCode | Meaning::Code | Meaning::ItemTitle | Meaning::System => 22.0,
        _ => 13.0,
    }
}

fn rows(resource: &Resource) -> Vec<Vec<String>> {
    let columns = columns();
    let nothing = [];
    let items: &[InformationItem] = if resource.content.items.is_empty() { &nothing } else { &resource.content.items };
    let count = items.len().max(1);
    let cell = |nth: usize, meaning: Meaning| match (items.get(nth).and_then(|item| of_item(item, meaning)), nth) {
        (Some(value), _) => value,
        (None, 0) => of_resource(resource, meaning),
        (None, _) => String::new(),
    };
    (0..count).map(|nth| columns.iter().map(|(meaning, _)| cell(nth, *meaning)).collect()).collect()
}

fn of_item(item: &InformationItem, meaning: Meaning) -> Option<String> {
    Some(match meaning {
        Meaning::ItemTitle => item.title.clone(),
        Meaning::ItemName => item.name.clone(),
        Meaning::DataType => format!("{}{}", item.data_type.name().zh, item.data_type.code()),
        Meaning::Length => item.length_max.map(|length| length.to_string()).unwrap_or_default(),
        _ => return None,
    })
}

fn of_resource(resource: &Resource, meaning: Meaning) -> String {
    let content = &resource.content;
    let number = |figure: Option<i64>| figure.map(|figure| figure.to_string()).unwrap_or_default();
    match meaning {
        Meaning::Code => resource.code.to_string(),
        Meaning::Provider => resource.organ_name.clone(),
        Meaning::ProviderCode => resource.organ_code.clone(),
        Meaning::PublishedOn => resource.published_on.map(|day| day.to_string()).unwrap_or_default(),
        Meaning::Size => number(content.storage.size_mib),
        Meaning::Records => number(content.storage.records),
        Meaning::SystemItems => number(content.storage.system_items),
        Meaning::SourceCode => content.relations.source_code.as_ref().map(ToString::to_string).unwrap_or_default(),
        Meaning::Basis => content.relations.basis.iter().map(LegalBasis::to_string).collect::<Vec<_>>().join("；"),
        _ => of_content(content, meaning),
    }
}

fn of_content(content: &Content, meaning: Meaning) -> String {
    match meaning {
        Meaning::Class => content.class.to_string(),
        Meaning::Tier => content.tier().name().zh,
        Meaning::Branch => content.class.branch().map(|branch| branch.zh.to_owned()).unwrap_or_default(),
        Meaning::Heading => content.class.as_str().get(3..6).unwrap_or_default().to_owned(),
        Meaning::Name => content.name.clone(),
        Meaning::Summary => content.summary.clone(),
        Meaning::Format => content.format.name().zh,
        Meaning::FormatType => content.format_type.clone(),
        Meaning::ShareType => content.sharing.share_type.name().zh,
        Meaning::ShareCondition => content.sharing.condition.clone(),
        Meaning::ShareMethods => content.sharing.methods.iter().map(|method| method.name().zh).collect::<Vec<_>>().join("、"),
        Meaning::Open => content.opening.open_type.name().zh,
        Meaning::OpenCondition => content.opening.condition.clone(),
        Meaning::Period => content.period.name().zh,
        Meaning::Secrecy => content.secrecy.name().zh,
        Meaning::System => content.storage.system.clone(),
        Meaning::Place => content.storage.place.clone(),
        Meaning::Domain => content.domain.clone(),
        _ => String::new(),
    }
}
