//! 指标公式

use i18n::Text;
use rules::Feel;
use runner::{Command, Cx, Halt, Resource};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::events::FormulaSet;
use crate::model::{Formula, MEASURES};
use crate::refusals;

const EXPRESSION_CHARS_MAX: usize = 300;
const WEIGHT_MAX: u32 = 100;

/// Sets the formula of an indicator. It may name measures alone, and must give a number when every measure is one.
#[derive(Clone, Debug, Serialize)]
pub struct SetFormula {
    /// The formula, whole.
    pub formula: Formula,
}

impl Command for SetFormula {
    type Outcome = ();
    const ACTION: &'static str = "catalogue.set-formula";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&Resource { id: self.formula.slug.clone(), sensitivity: 1, ..Resource::of("indicator") })?;
        let mut problems = Vec::new();
        let slug = &self.formula.slug;
        if slug.is_empty() || slug.len() > 40 || !slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            problems.push(("slug", Text::new("应为小写字母、数字和短横线。", "Small letters, digits and dashes.")));
        }
        if self.formula.name.zh.trim().is_empty() || self.formula.name.en.trim().is_empty() {
            problems.push(("name", Text::new("请填写中英文名称。", "Give the name in both languages.")));
        }
        if self.formula.weight > WEIGHT_MAX {
            problems.push(("weight", Text::new("权重为 0 至 100。", "The weight is 0 to 100.")));
        }
        let feel = Feel::new();
        for (field, text) in [("numerator", &self.formula.numerator), ("denominator", &self.formula.denominator)] {
            problems.extend(expression_problem(&feel, text).map(|sentence| (field, sentence)));
        }
        if !problems.is_empty() {
            return Err(refusals::formula_wrong(problems).into());
        }
        let stream = format!("indicator:{slug}");
        cx.record(&stream, &FormulaSet { formula: self.formula.clone() })?;
        Ok(())
    }
}

fn expression_problem(feel: &Feel, text: &str) -> Option<Text> {
    if text.trim().is_empty() || text.chars().count() > EXPRESSION_CHARS_MAX {
        return Some(Text::new("请填写，不超过 300 个字符。", "Fill this in, at most 300 characters."));
    }
    let variables = match feel.variables(text) {
        Ok(variables) => variables,
        Err(message) => return Some(Text::new(format!("无法读取：{message}"), message)),
    };
    if let Some(unknown) = variables.iter().find(|word| MEASURES.iter().all(|measure| measure.word != word.as_str())) {
        return Some(Text::new(format!("没有指标量“{unknown}”。"), format!("There is no measure \"{unknown}\".")));
    }
    let ones: Map<String, Value> = MEASURES.iter().map(|measure| (measure.word.to_owned(), Value::from(1))).collect();
    match feel.evaluate(text, &ones) {
        Ok(value) if value.is_number() => None,
        Ok(_) => Some(Text::new("结果应为数字。", "The result must be a number.")),
        Err(message) => Some(Text::new(format!("无法计算：{message}"), message)),
    }
}
