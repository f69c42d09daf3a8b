ids::id_type! {
    /// A document.
    DocumentId, "doc";
    /// A certificate, in one version.
    CertificateRecordId, "cert";
}
