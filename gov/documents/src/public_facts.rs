use i18n::Text;
use parties::{NameMask, mask_name};

use crate::model::PartyKind;
use crate::record::PublicFact;
use crate::render::Draft;

/// What the public sees of a document: enough to recognise the paper in hand, names of persons masked, no identity numbers.
pub(crate) fn of(draft: &Draft) -> Vec<PublicFact> {
    let mut facts = vec![
        fact("文书名称", "Document", draft.title.clone()),
        fact("编号", "Number", draft.number.clone()),
        fact("发文机关", "Issued by", draft.facts.organ.name.clone()),
        fact("成文日期", "Dated", draft.dated.to_string()),
        fact("事项名称", "Service item", draft.facts.item.name.clone()),
    ];
    let applicant = (draft.facts.applicant.kind, &draft.facts.applicant.name);
    let (kind, name) = draft.certificate.as_ref().map_or(applicant, |certificate| (certificate.holder_kind, &certificate.holder_name));
    let shown = match kind {
        PartyKind::Person => mask_name(name, NameMask::Public),
        PartyKind::LegalPerson => name.clone(),
    };
    facts.push(fact("当事人", "Party", shown));
    if let Some(certificate) = &draft.certificate {
        let until = certificate.valid_until.map_or_else(|| "长期".to_owned(), |day| day.to_string());
        facts.push(fact("有效期起", "Valid from", certificate.valid_from.to_string()));
        facts.push(fact("有效期止", "Valid until", until));
        facts.push(fact("电子证照标识", "Certificate identifier", certificate.identifier.clone()));
    }
    facts
}

fn fact(zh: &str, en: &str, value: String) -> PublicFact {
    PublicFact { label: Text::new(zh, en), value }
}
