use runner::{Command, Cx, Halt, Refusal};
use serde::{Deserialize, Serialize};

use crate::events::{RegisterDeclared, stream};
use crate::model::declaration::Declaration;
use crate::model::problems::DeclarationProblem;
use crate::queries;
use crate::store as tables;

/// Declares a register, or a new version of it. The same text again changes nothing.
#[derive(Clone, Debug, Serialize)]
pub struct DeclareRegister {
    /// The declaration as TOML.
    pub text: String,
    /// The division whose register it is; its organ with the duty owns it.
    pub division: String,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// The register.
    pub slug: String,
    /// Version of the declaration.
    pub version: i64,
    /// Whether it is a new one.
    pub new: bool,
}

impl Command for DeclareRegister {
    type Outcome = Declared;
    const ACTION: &'static str = "register.declare";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Declared, Halt> {
        let declaration = Declaration::read(&self.text).map_err(|fault| unreadable(&fault))?;
        let resource = queries::resource_of(cx.tx(), &declaration, &self.division)?;
        cx.authorise(&resource)?;
        let problems = declaration.problems();
        if !problems.is_empty() {
            return Err(refused(&problems).into());
        }
        if let Err(problem) = parties::DivisionCode::parse(&self.division) {
            return Err(unreadable(&problem.sentence.en).with_field("division", problem.sentence.zh.clone(), problem.sentence.en.clone()).into());
        }
        let slug = declaration.slug.clone();
        cx.hold(&stream(&slug))?;
        let declaration_sm3 = seal::hash::sm3_hex(self.text.as_bytes());
        let head = tables::declarations::head(cx.tx(), &slug)?;
        if let Some(head) = &head {
            if head.sm3 == declaration_sm3 && head.division == self.division {
                return Ok(Declared { slug, version: head.version, new: false });
            }
            let before = queries::present(cx.tx(), &slug)?.declaration;
            let breaks = if head.position > 0 { declaration.breaks(&before) } else { Vec::new() };
            if !breaks.is_empty() {
                return Err(refused(&breaks).into());
            }
        }
        let version = head.map_or(0, |head| head.version).saturating_add(1);
        let event = RegisterDeclared { register: slug.clone(), version, division: self.division.clone(), declaration_sm3, text: self.text.clone() };
        cx.record(&stream(&slug), &event)?;
        Ok(Declared { slug, version, new: true })
    }
}

fn unreadable(fault: &str) -> Refusal {
    Refusal::new(
        "declaration-unreadable",
        format!("登记文件不能读取：{fault}"),
        format!("The declaration cannot be read: {fault}"),
        "请按登记文件的格式修改。",
        "Mend the file; its format is described with the registers.",
    )
}

fn refused(problems: &[DeclarationProblem]) -> Refusal {
    let refusal = Refusal::new(
        "declaration-unfit",
        "登记文件有错误。",
        "The declaration has problems.",
        "请逐条修改后重新提交。",
        "Mend each of them and send it again.",
    );
    problems
        .iter()
        .fold(refusal, |refusal, problem| refusal.with_field(problem.place.clone(), problem.sentence.zh.clone(), problem.sentence.en.clone()))
}
