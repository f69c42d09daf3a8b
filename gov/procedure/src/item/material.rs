//! 申请材料.

use i18n::Text;
use serde::Serialize;

use crate::codes::{MaterialForm, MaterialKind, MaterialNeed, MaterialSource};
use crate::reader::Reader;

/// The size limit of a material when the package names none: 10 MiB.
pub const SIZE_MAX_BYTES_DEFAULT: u64 = 10 * 1024 * 1024;
/// No package may allow more.
const SIZE_MAX_BYTES_MAX: i64 = 200 * 1024 * 1024;

/// One material of the item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Material {
    /// Identifier within the package.
    pub id: String,
    /// 材料名称.
    pub name: Text,
    /// 材料类型.
    pub kind: MaterialKind,
    /// 材料形式.
    pub form: MaterialForm,
    /// 材料必要性.
    pub need: MaterialNeed,
    /// 来源渠道.
    pub source: MaterialSource,
    /// 来源渠道说明.
    pub source_note: Option<Text>,
    /// 要求提供材料的依据.
    pub basis: String,
    /// File types taken: `pdf`, `jpg`, `png`, ….
    pub accept: Vec<String>,
    /// Largest file, in bytes.
    pub size_max_bytes: u64,
    /// A register or certificate it is taken from instead of being asked (免交).
    pub waived_by: Option<String>,
    /// Why it is asked although government has it, shown to the person.
    pub asked_because: Option<Text>,
    /// FEEL condition; the material is asked only when it holds.
    pub when: Option<String>,
    /// 填报须知.
    pub guide: Option<Text>,
}

impl Material {
    pub(crate) fn read(reader: &mut Reader<'_, '_>) -> Self {
        Self {
            id: reader.identifier("id"),
            name: reader.bilingual("name"),
            kind: reader.code("kind", MaterialKind::Other),
            form: reader.code("form", MaterialForm::Electronic),
            need: reader.code("need", MaterialNeed::Required),
            source: reader.code("source", MaterialSource::Other),
            source_note: reader.bilingual_or_blank("source_note"),
            basis: reader.text_or_empty("basis"),
            accept: reader.texts("accept"),
            size_max_bytes: reader.number_or("size_max_bytes", SIZE_MAX_BYTES_DEFAULT, SIZE_MAX_BYTES_MAX),
            waived_by: reader.text_or_none("waived_by").filter(|text| !text.is_empty()),
            asked_because: reader.bilingual_or_blank("asked_because"),
            when: reader.text_or_none("when").filter(|text| !text.trim().is_empty()),
            guide: reader.bilingual_or_blank("guide"),
        }
    }
}
