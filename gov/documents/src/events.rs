//! What happened. The journal gets no personal data: holder, face, draft and free text stay out of the payload.

use jiff::civil::Date;
use runner::{Event, Moment};
use serde::Serialize;
use store::{StoreError, Tx};

use crate::model::{CertificateStatus, DocumentKind};
use crate::record::{CertificateRecord, DocumentRecord, Filing, StatusNote};
use crate::store::{certificates, documents};

/// A document got its number, date and code.
#[derive(Debug, Serialize)]
pub struct DocumentAllotted {
    pub(crate) document: String,
    pub(crate) case: String,
    pub(crate) document_kind: DocumentKind,
    pub(crate) organ: String,
    pub(crate) number: String,
    pub(crate) dated: Date,
    /// SM3 of the draft: what was decided is what will be printed. The draft holds the random code, so the hash tells nothing.
    pub(crate) draft_sm3: String,
    #[serde(skip)]
    pub(crate) record: DocumentRecord,
    #[serde(skip)]
    pub(crate) sealed_draft: String,
}

impl Event for DocumentAllotted {
    fn kind(&self) -> &'static str {
        "document-allotted"
    }

    fn apply(&self, tx: &mut Tx<'_>, _: &Moment) -> Result<(), StoreError> {
        documents::insert(tx, &self.record, &self.sealed_draft)
    }
}

/// The signed PDF of a document was filed.
#[derive(Debug, Serialize)]
pub struct DocumentFiled {
    pub(crate) document: String,
    #[serde(flatten)]
    pub(crate) filing: Filing,
}

impl Event for DocumentFiled {
    fn kind(&self) -> &'static str {
        "document-filed"
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        documents::file(tx, &self.document, &self.filing, moment.at_ms)
    }
}

/// A certificate was entered into the register.
#[derive(Debug, Serialize)]
pub struct CertificateIssued {
    pub(crate) certificate: String,
    pub(crate) case: String,
    pub(crate) document: String,
    pub(crate) previous: Option<String>,
    pub(crate) identifier: String,
    pub(crate) issued_on: Date,
    pub(crate) valid_from: Date,
    pub(crate) valid_until: Option<Date>,
    #[serde(skip)]
    pub(crate) record: CertificateRecord,
    #[serde(skip)]
    pub(crate) holder_index: String,
}

impl Event for CertificateIssued {
    fn kind(&self) -> &'static str {
        "certificate-issued"
    }

    fn apply(&self, tx: &mut Tx<'_>, _: &Moment) -> Result<(), StoreError> {
        certificates::insert(tx, &self.record, &self.holder_index)
    }
}

/// The status of a certificate changed.
#[derive(Debug, Serialize)]
pub struct CertificateStatusChanged {
    pub(crate) certificate: String,
    pub(crate) from: CertificateStatus,
    pub(crate) to: CertificateStatus,
    pub(crate) basis: String,
    #[serde(skip)]
    pub(crate) reason: String,
}

impl Event for CertificateStatusChanged {
    fn kind(&self) -> &'static str {
        match self.to {
            CertificateStatus::Valid => "certificate-reinstated",
            CertificateStatus::Suspended => "certificate-suspended",
            CertificateStatus::Superseded => "certificate-superseded",
            CertificateStatus::Cancelled => "certificate-cancelled",
            CertificateStatus::Revoked => "certificate-revoked",
            CertificateStatus::Void => "certificate-voided",
        }
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        let note = StatusNote { reason: self.reason.clone(), basis: self.basis.clone(), at_ms: moment.at_ms };
        certificates::set_status(tx, &self.certificate, self.to, &note)
    }
}
