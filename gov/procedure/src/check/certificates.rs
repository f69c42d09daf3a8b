//! 审批结果 and 证照.

use crate::check::report::Report;
use crate::codes::ResultKind;
use crate::files::{FileKind, Files};
use crate::item::{CertificateSpec, Item};

pub(crate) fn check(item: &Item, files: &Files, report: &mut Report<'_>) {
    if item.result.kind == ResultKind::Certificate && item.certificates.is_empty() {
        let zh = "结果类型为证照，但没有列出证照（[[certificate]]）。";
        report.item("result.kind", "certificate-missing", zh, "The result is a certificate, but no [[certificate]] is given.");
    }
    if item.result.name.zh.ends_with("批复") && item.result.kind == ResultKind::Certificate {
        let zh = format!("结果“{}”是批文，结果类型不应为证照。", item.result.name.zh);
        report.item("result.kind", "result-kind", zh, "A 批复 is an approval document, not a certificate.");
    }
    for (index, certificate) in item.certificates.iter().enumerate() {
        let at = format!("certificate[{index}]");
        if item.certificates.iter().take(index).any(|other| other.id == certificate.id) {
            let (zh, en) = (format!("证照标识“{}”重复。", certificate.id), format!("The certificate id \"{}\" is used twice.", certificate.id));
            report.item(&format!("{at}.id"), "certificate-repeated", zh, en);
        }
        check_certificate(&at, certificate, files, report);
    }
}

fn check_certificate(at: &str, certificate: &CertificateSpec, files: &Files, report: &mut Report<'_>) {
    let name = &certificate.name;
    if let Err(problem) = parties::check_type_code(&certificate.type_code) {
        let zh = format!("证照类型代码“{}”：{}。", certificate.type_code, problem.sentence.zh);
        let en = format!("The type code \"{}\": {}.", certificate.type_code, problem.sentence.en);
        report.item(&format!("{at}.type_code"), "certificate-type-code", zh, en);
    }
    let template = &certificate.template;
    if FileKind::of(template) != Some(FileKind::Template) {
        let (zh, en) = (format!("模板“{template}”应为 documents/*.typ。"), format!("The template \"{template}\" must be documents/*.typ."));
        report.item(&format!("{at}.template"), "template-path", zh, en);
    } else if !files.contains(template) {
        let zh = format!("证照“{}”的模板文件 {template} 不存在。", name.zh);
        report.item(&format!("{at}.template"), "template-missing", zh, format!("The template file {template} of \"{}\" does not exist.", name.en));
    }
    if certificate.face.is_empty() {
        let zh = format!("证照“{}”没有照面信息（face）。", name.zh);
        report.item(at, "certificate-face-missing", zh, format!("The certificate \"{}\" has no face fields.", name.en));
    }
    for (index, field) in certificate.face.iter().enumerate() {
        if certificate.face.iter().take(index).any(|other| other.label.zh == field.label.zh) {
            let key = format!("{at}.face[{index}]");
            report.item(
                &key,
                "face-repeated",
                format!("照面信息“{}”重复。", field.label.zh),
                format!("The face field \"{}\" is given twice.", field.label.en),
            );
        }
    }
}
