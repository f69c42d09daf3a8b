//! 证照: what a service task `issue` makes.

use i18n::Text;
use serde::Serialize;

use super::number::NumberRule;
use super::validity::Validity;
use crate::reader::Reader;

/// A certificate the flow may issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CertificateSpec {
    /// Identifier within the package.
    pub id: String,
    /// 证照类型代码: the 统一社会信用代码 of the defining body and three digits.
    pub type_code: String,
    /// 证照名称.
    pub name: Text,
    /// Path of the template, for example `documents/licence.typ`.
    pub template: String,
    /// How the number is made.
    pub number: NumberRule,
    /// Path into the variables: 持证主体.
    pub holder_name: String,
    /// Path into the variables: 持证主体代码.
    pub holder_code: String,
    /// 有效期.
    pub validity: Validity,
    /// 照面信息, in order.
    pub face: Vec<FaceField>,
}

/// One field on the face of a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FaceField {
    /// Label.
    pub label: Text,
    /// Path or FEEL expression over the variables.
    pub value: String,
}

impl CertificateSpec {
    pub(crate) fn read(reader: &mut Reader<'_, '_>) -> Self {
        Self {
            id: reader.identifier("id"),
            type_code: reader.text("type_code"),
            name: reader.bilingual("name"),
            template: reader.text("template"),
            number: NumberRule::read(reader, "number"),
            holder_name: reader.text("holder_name"),
            holder_code: reader.text("holder_code"),
            validity: Validity::read(reader, "validity"),
            face: reader.tables("face", |field| FaceField { label: field.bilingual("label"), value: field.text("value") }),
        }
    }
}
