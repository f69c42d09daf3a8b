//! Notices, decisions and certificates: numbered and recorded in the case's transaction, made into PDF afterwards.

use std::collections::BTreeMap;

use clock::Date;
use documents::{Basis, CaseFacts, Content, Correction, FaceLine, Holder, NewCertificate, NewDocument, NumberRule, PartyKind, Remedies};
use procedure::item::CertificateSpec;
use runner::{Fault, Halt};
use serde_json::{Value, json};

use super::services::required;
use super::{Settings, Work};
use crate::model::{Decision, Outcome};
use crate::store::materials;

/// Stands for the number of a certificate until it is drawn; `documents` fills it in.
const NUMBER: &str = "{number}";

impl Work<'_, '_> {
    /// 受理通知书.
    pub fn acceptance_notice(&mut self, deemed: bool) -> Result<(), Halt> {
        let files = materials::of_owner(self.cx.tx(), &self.file.id)?;
        let item = &self.package.item;
        let materials = files.iter().filter_map(|file| item.material(&file.material)).map(|material| material.name.zh.clone()).collect();
        let basis = cited("《中华人民共和国行政许可法》第三十二条");
        self.document(Content::AcceptanceNotice { deemed, materials, basis })
    }

    /// 一次性补正告知书.
    pub fn correction_notice(&mut self) -> Result<(), Halt> {
        let Some(correction) = self.file.correction.clone() else { return Ok(()) };
        let items = correction.items.into_iter().map(|item| Correction { name: self.target_name(&item.target), problem: item.says }).collect();
        let basis = cited("《中华人民共和国行政许可法》第三十二条");
        self.document(Content::CorrectionNotice { items, answer_by: correction.answer_by, basis })
    }

    /// 延长办理期限告知书.
    pub fn extension_notice(&mut self, reason: &str, workdays: u32, due_on: Date) -> Result<(), Halt> {
        let basis = cited("《中华人民共和国行政许可法》第四十二条");
        self.document(Content::ExtensionNotice { reasons: vec![reason.to_owned()], workdays, due_on, basis })
    }

    /// 特别程序告知书.
    pub fn suspension_notice(&mut self, procedure: &str, from: Date, workdays: u32) -> Result<(), Halt> {
        let basis = cited("《中华人民共和国行政许可法》第四十五条");
        self.document(Content::SuspensionNotice { procedure: procedure.to_owned(), from, workdays, text: Vec::new(), basis })
    }

    /// The document that goes with the end of a case.
    pub fn closing_document(&mut self, outcome: Outcome) -> Result<(), Halt> {
        if self.file.applicant.party.is_empty() {
            return Ok(());
        }
        let decision = self.file.decision.clone();
        let reasons = decision.as_ref().map(|decision| vec![decision.reasons.clone()]).unwrap_or_default();
        let basis = decision.as_ref().map(|decision: &Decision| cited(&decision.basis)).unwrap_or_default();
        let content = match outcome {
            Outcome::Approved => {
                let text = reasons.into_iter().filter(|reason| !reason.trim().is_empty()).collect();
                Content::Decision { text, valid_from: None, valid_until: None, basis }
            }
            Outcome::Rejected => Content::Rejection { reasons, basis, remedies: self.remedies()? },
            Outcome::Refused => Content::RefusalNotice { reasons, basis, remedies: self.remedies()? },
            Outcome::Resolved => Content::Reply { text: reasons, basis },
            Outcome::Lapsed => {
                let reasons = vec!["申请人未在规定期限内补正申请材料。".to_owned()];
                Content::Termination { reasons, basis: cited("《中华人民共和国行政许可法》第三十二条") }
            }
            Outcome::Withdrawn => Content::Withdrawal { withdrawn_on: self.today(), reason: None },
            Outcome::Done => return Ok(()),
        };
        self.document(content)
    }

    /// Organs among themselves write replies alone: notices and remedies of the law on permits are for people and companies.
    fn document(&mut self, content: Content) -> Result<(), Halt> {
        let is_organ = self.file.applicant.is_organ();
        let content = match content {
            Content::Reply { .. } => content,
            Content::Rejection { reasons, basis, .. } | Content::RefusalNotice { reasons, basis, .. } if is_organ => {
                Content::Reply { text: reasons, basis }
            }
            Content::Decision { text, basis, .. } if is_organ => Content::Reply { text: or_agreed(text), basis },
            _ if is_organ => return Ok(()),
            other => other,
        };
        let facts = self.case_facts()?;
        documents::allot_document(self.cx, NewDocument { facts, content, certificate: None, template: None })?;
        Ok(())
    }

    /// A document named by the flow: only those that need nothing but the case.
    pub fn make_document(&mut self, kind: &str) -> Result<(), Halt> {
        match kind {
            "acceptance-notice" => self.acceptance_notice(false),
            "reply" => self.closing_document(Outcome::Resolved),
            "decision" => self.closing_document(Outcome::Approved),
            other => Err(Fault::because(format!("a flow asks for the document {other}, which needs more than the case")).into()),
        }
    }

    /// Issues a certificate of the package: `{ id, number, issued_on, valid_until }`.
    pub fn issue(&mut self, attributes: &BTreeMap<String, String>) -> Result<Value, Halt> {
        let id = required(attributes, "certificate")?;
        let spec = self.package.item.certificate(id).cloned();
        let spec = spec.ok_or_else(|| Fault::because(format!("the package has no certificate {id}")))?;
        if self.file.accepted_on.is_none() {
            self.accept(self.today(), false)?;
        }
        let facts = self.case_facts()?;
        let new = self.new_certificate(&spec, &facts)?;
        let template = self.package.templates.get(&spec.template).cloned();
        let issued = documents::allot_certificate(self.cx, facts, new, template)?;
        Ok(json!({
            "id": issued.id,
            "number": issued.facts.number,
            "issued_on": issued.facts.issued_on,
            "valid_until": issued.facts.valid_until,
        }))
    }

    fn new_certificate(&mut self, spec: &CertificateSpec, facts: &CaseFacts) -> Result<NewCertificate, Halt> {
        let today = self.today();
        let valid_until = spec.validity.last_day(today);
        let made = json!({ "number": NUMBER, "issued_on": today, "valid_from": today, "valid_until": valid_until });
        self.file.instance.variables_mut().insert("certificate".into(), made);
        let mut face = Vec::new();
        for field in &spec.face {
            let value = self.feel(&field.value)?;
            face.push(FaceLine { label: field.label.zh.clone(), value: self.words(&field.value, &value) });
        }
        let (name, code) = (self.feel(&spec.holder_name)?, self.feel(&spec.holder_code)?);
        self.file.instance.variables_mut().remove("certificate");
        let division = self.file.division.chars().take(6).collect::<String>();
        let number = match serde_json::to_value(&spec.number)?.as_str() {
            Some("uscc") | None => NumberRule::UnifiedCode { division },
            Some(pattern) => NumberRule::Pattern { pattern: pattern.to_owned(), division },
        };
        let (name, code) = (plain(&name), plain(&code));
        // A shop that a person registers has a name of its own, which is public; where it has none, its name is the person's.
        let is_business = matches!(number, NumberRule::UnifiedCode { .. }) && name != facts.applicant.name;
        let kind = if is_business { PartyKind::LegalPerson } else { facts.applicant.kind };
        let holder = Holder { kind, name, code, party: self.file.applicant.party.clone() };
        Ok(NewCertificate {
            type_code: spec.type_code.clone(),
            name: spec.name.zh.clone(),
            number,
            organ: facts.organ.clone(),
            holder,
            valid_from: today,
            valid_until,
            face,
        })
    }

    /// A value in words: an answer with the labels of its choices, anything else as it is.
    fn words(&self, expression: &str, value: &Value) -> String {
        let field = expression.strip_prefix("answers.").and_then(|name| self.package.form.field(name));
        match field {
            Some(field) => field.display(value, i18n::Lang::ZhHans),
            None => plain(value),
        }
    }

    fn case_facts(&mut self) -> Result<CaseFacts, Halt> {
        let organ = match parties::OrganId::parse(&self.file.organ) {
            Ok(id) => parties::organ(self.cx.tx(), &id)?,
            Err(_) => None,
        };
        let organ = organ.ok_or_else(|| Fault::because(format!("the organ {} of case {} is missing", self.file.organ, self.file.id)))?;
        let (due_on, _) = self.due_days();
        let (item, file) = (&self.package.item, &self.file);
        let submitted = clock::from_millis(file.submitted_ms).map(clock::local_date).map_err(Halt::fault)?;
        let is_person = file.applicant.kind == "person";
        Ok(CaseFacts {
            item: documents::Item {
                name: item.name.zh.clone(),
                code: item.implementation_code(organ.code.as_str()),
                item_type: item.basic_code.as_str().get(2..4).unwrap_or_default().to_owned(),
                limits: documents::LimitWords {
                    statutory: item.limits.statutory.as_ref().map(|statutory| statutory.limit.label().zh),
                    promised: Some(item.limits.promised.label().zh),
                },
            },
            organ: documents::Organ {
                id: organ.id.to_string(),
                name: organ.name.zh.clone(),
                code: organ.code.to_string(),
                abbreviation: organ.details.short_name.zh.clone(),
                phone: Some(organ.details.phone.clone()),
                address: Some(organ.details.address.zh.clone()),
                seal_purpose: None,
            },
            case: documents::Case {
                id: file.id.clone(),
                number: file.number.clone(),
                submitted_on: submitted,
                accepted_on: file.accepted_on,
                due_on: file.clock.is_some().then_some(due_on),
                query_code: Some(file.query_code.clone()),
                channel: Some(file.channel.clone()),
            },
            applicant: documents::Applicant {
                kind: if is_person { PartyKind::Person } else { PartyKind::LegalPerson },
                name: file.applicant.name.clone(),
                id_number: Some(file.applicant.id_number.clone()),
            },
            answers: Value::Object(file.answers.clone()),
        })
    }

    fn remedies(&self) -> Result<Remedies, Halt> {
        let settings = self.cx.service::<Settings>()?;
        Ok(Remedies::statutory(settings.reconsideration.zh.clone(), settings.court.zh.clone()))
    }

    fn target_name(&self, target: &str) -> String {
        let material = self.package.item.material(target).map(|material| material.name.zh.clone());
        let field = || self.package.form.field(target).map(|field| field.title.zh.clone());
        material.or_else(field).unwrap_or_else(|| "申请材料".to_owned())
    }
}

/// `《law》第…条` (several joined by `；` or `、《`) as law and article. A text without an article counts as the law alone.
pub(crate) fn cited(text: &str) -> Vec<Basis> {
    let one = |part: &str| {
        let part = part.trim().trim_start_matches('《');
        let at = part.find("》").or_else(|| part.find('第')).unwrap_or(part.len());
        let (law, article) = part.split_at(at);
        Basis { law: law.trim().to_owned(), article: article.trim_start_matches('》').trim().to_owned() }
    };
    text.split(['；', ';']).filter(|part| !part.trim().is_empty()).map(one).collect()
}

/// A reply says something.
fn or_agreed(text: Vec<String>) -> Vec<String> {
    if text.is_empty() { vec!["同意。".to_owned()] } else { text }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::cited;

    #[test]
    fn a_citation_is_law_and_article() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            let found: Vec<_> = cited(text).into_iter().map(|basis| (basis.law, basis.article)).collect();
            let expected: Vec<_> = expected.iter().map(|(law, article)| ((*law).to_owned(), (*article).to_owned())).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("《食品安全法》第三十三条第一款", &[("食品安全法", "第三十三条第一款")]);
        check("行政许可法 第三十八条", &[("行政许可法", "第三十八条")]);
        check("《甲法》第一条；《乙法》第二条", &[("甲法", "第一条"), ("乙法", "第二条")]);
        check("甲法", &[("甲法", "")]);
        check("", &[]);
    }
}
