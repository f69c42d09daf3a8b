//! Indicators of the chief data officer: formulas over named measures. Formulas are texts (FEEL) that the data authority edits; measures are
//! counted from the catalogue or recorded by those who know them.

use std::collections::BTreeMap;

use i18n::Text;
use rules::Feel;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Where a measure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeasureSource {
    /// Counted from the catalogue; the resources behind it can be listed.
    Catalogue,
    /// Recorded by the part of the platform that knows it, with its own source.
    Recorded,
}

/// A named quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// By which formulas name it.
    pub word: &'static str,
    /// Chinese name.
    pub zh: &'static str,
    /// English name.
    pub en: &'static str,
    /// What exactly is counted, in Chinese.
    pub definition_zh: &'static str,
    /// The same in English.
    pub definition_en: &'static str,
    /// Where it comes from.
    pub source: MeasureSource,
}

const fn counted(word: &'static str, zh: &'static str, en: &'static str, definition_zh: &'static str, definition_en: &'static str) -> Measure {
    Measure { word, zh, en, definition_zh, definition_en, source: MeasureSource::Catalogue }
}

const fn recorded(word: &'static str, zh: &'static str, en: &'static str, definition_zh: &'static str, definition_en: &'static str) -> Measure {
    Measure { word, zh, en, definition_zh, definition_en, source: MeasureSource::Recorded }
}

/// All measures.
pub const MEASURES: &[Measure] = &[
    counted("resources", "已注册目录", "Registered resources", "通过注册审核的信息资源条数", "Resources that passed registration"),
    counted("published", "已发布目录", "Published resources", "当前对各部门可见的信息资源条数", "Resources that other organs see now"),
    counted("shareable", "可共享目录", "Shareable resources", "已注册且无条件或有条件共享的条数", "Registered, shared with or without conditions"),
    counted("unconditional", "无条件共享目录", "Unconditionally shared", "已注册且无条件共享的条数", "Registered, shared without conditions"),
    counted("open", "开放目录", "Open resources", "已注册且向社会开放的条数", "Registered, open to the public"),
    counted("to_mount", "应挂接目录", "To be mounted", "已发布且可共享的条数", "Published and shareable"),
    counted("mounted", "已挂接目录", "Mounted", "应挂接目录中已挂接数据的条数", "Of those, the ones whose data can be had"),
    counted("to_update", "应更新目录", "To be updated", "已发布且有固定更新周期的条数", "Published with a fixed update period"),
    counted("updated_in_time", "按期更新目录", "Updated in time", "应更新目录中未超期的条数", "Of those, the ones that are not overdue"),
    counted(
        "catalogued_items",
        "已编目信息项",
        "Catalogued items",
        "填报了系统实有信息项数的资源的信息项数",
        "Items of resources that say how many fields their system has",
    ),
    counted("system_items", "系统实有信息项", "Fields of systems", "各资源填报的系统实有信息项数之和", "Fields of systems, as the resources say"),
    counted(
        "graded",
        "已定级目录",
        "Graded resources",
        "全部信息项已由人员定级的已注册条数",
        "Registered resources all of whose items somebody graded",
    ),
    recorded("demands", "共享需求", "Demands", "本期对本部门提出的共享申请数", "Requests for data to the organ"),
    recorded("demands_met", "已满足需求", "Demands met", "其中已经提供数据的申请数", "Of those, the ones supplied"),
    recorded("answered_in_time", "按期答复", "Answered in time", "其中在期限内答复的申请数", "Of those, the ones answered within the limit"),
    recorded("records_checked", "检查记录", "Records checked", "按质量规则检查的记录数", "Records checked by rules of quality"),
    recorded("records_passed", "合格记录", "Records passed", "其中通过全部规则的记录数", "Of those, the ones that pass all rules"),
    recorded("objections", "异议（校核）", "Objections", "本期收到的校核申请数", "Requests to correct data"),
    recorded("objections_in_time", "按期校核", "Settled in time", "其中在期限内办结的申请数", "Of those, the ones settled within the limit"),
];

/// An editable formula: numerator over denominator, each FEEL over measures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Formula {
    /// Stable name.
    pub slug: String,
    /// What people read.
    pub name: Text,
    /// Above the line.
    pub numerator: String,
    /// Below the line.
    pub denominator: String,
    /// Weight in the ranking; 0 leaves it out.
    pub weight: u32,
}

/// What a formula gives for one organ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The formula's slug.
    pub slug: String,
    /// Above the line.
    pub numerator: Option<f64>,
    /// Below the line.
    pub denominator: Option<f64>,
    /// In percent; `None` where nothing is to be counted or a measure is missing.
    pub percent: Option<f64>,
    /// Why there is no figure, for whoever edits formulas.
    pub problem: Option<String>,
}

/// The formulas the platform starts with (definitions vary between places, hence they are edited).
#[must_use]
pub fn default_formulas() -> Vec<Formula> {
    let formula = |slug: &str, zh: &str, en: &str, numerator: &str, denominator: &str, weight: u32| Formula {
        slug: slug.into(),
        name: Text::new(zh, en),
        numerator: numerator.into(),
        denominator: denominator.into(),
        weight,
    };
    vec![
        formula("completeness", "目录编制完整率", "Completeness of the catalogue", "catalogued_items", "system_items", 15),
        formula("mounting", "目录挂接率（接入率）", "Mounting rate", "mounted", "to_mount", 20),
        formula("sharing", "共享率", "Sharing rate", "shareable", "resources", 20),
        formula("opening", "开放率", "Opening rate", "open", "resources", 5),
        formula("timeliness", "更新及时率", "Timeliness of updates", "updated_in_time", "to_update", 20),
        formula("grading", "分级完成率", "Grading rate", "graded", "resources", 5),
        formula("satisfaction", "需求满足率", "Demands met", "demands_met", "demands", 5),
        formula("answering", "按期答复率", "Answered in time", "answered_in_time", "demands", 5),
        formula("quality", "数据质量合格率", "Data quality", "records_passed", "records_checked", 3),
        formula("correction", "按期校核率", "Corrections in time", "objections_in_time", "objections", 2),
    ]
}

/// Evaluates a formula over the measures of one organ.
#[must_use]
pub fn evaluate(feel: &Feel, formula: &Formula, measures: &BTreeMap<String, i64>) -> Figure {
    let variables: Map<String, Value> = measures.iter().map(|(word, value)| (word.clone(), Value::from(*value))).collect();
    let side = |text: &str| match feel.evaluate(text, &variables) {
        Ok(value) => value.as_f64().ok_or_else(|| format!("{text}: expected a number")),
        Err(message) => Err(message),
    };
    let (numerator, denominator) = (side(&formula.numerator), side(&formula.denominator));
    let problem = numerator.as_ref().err().or(denominator.as_ref().err()).cloned();
    let (numerator, denominator) = (numerator.ok(), denominator.ok());
    let percent = match (numerator, denominator) {
        (Some(above), Some(below)) if below > 0.0 => Some(tenths(above / below * 100.0)),
        (Some(_) | None, Some(_) | None) => None,
    };
    Figure { slug: formula.slug.clone(), numerator, denominator, percent, problem }
}

/// The weighted mean of the figures that there are; what cannot be counted does not count against an organ. `None` without any.
#[must_use]
pub fn score(formulas: &[Formula], figures: &[Figure]) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (formula, figure) in formulas.iter().zip(figures) {
        if let Some(percent) = figure.percent {
            sum += percent.min(100.0) * f64::from(formula.weight);
            weights += f64::from(formula.weight);
        }
    }
    (weights > 0.0).then(|| tenths(sum / weights))
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measures(values: &[(&str, i64)]) -> BTreeMap<String, i64> {
        values.iter().map(|(word, value)| ((*word).to_owned(), *value)).collect()
    }

    #[test]
    fn a_rate_is_numerator_over_denominator() {
        let feel = Feel::new();
        let formulas = default_formulas();
        let values = measures(&[("shareable", 7), ("resources", 9)]);
        let sharing = formulas.iter().find(|formula| formula.slug == "sharing").unwrap();
        let figure = evaluate(&feel, sharing, &values);
        assert_eq!((figure.numerator, figure.denominator, figure.percent, figure.problem), (Some(7.0), Some(9.0), Some(77.8), None));
        let edited = Formula { numerator: "shareable + 0.5 * unconditional".into(), ..sharing.clone() };
        let values = measures(&[("shareable", 7), ("resources", 9), ("unconditional", 2)]);
        assert_eq!(evaluate(&feel, &edited, &values).percent, Some(88.9));
    }

    #[test]
    fn nothing_to_count_is_no_figure_and_never_a_hundred_percent() {
        let feel = Feel::new();
        let formula = &default_formulas()[2];
        assert_eq!(evaluate(&feel, formula, &measures(&[("shareable", 0), ("resources", 0)])).percent, None);
        let missing = evaluate(&feel, formula, &measures(&[("resources", 3)]));
        assert!(missing.percent.is_none() && missing.problem.is_some_and(|problem| problem.contains("shareable")));
    }

    #[test]
    fn the_score_leaves_out_what_cannot_be_counted() {
        let figure = |percent| Figure { slug: String::new(), numerator: None, denominator: None, percent, problem: None };
        let formulas: Vec<_> = default_formulas().into_iter().take(3).collect();
        assert_eq!(score(&formulas, &[figure(Some(100.0)), figure(None), figure(Some(50.0))]), Some(71.4));
        assert_eq!(score(&formulas, &[figure(None), figure(None), figure(None)]), None);
        assert_eq!(score(&formulas, &[figure(Some(140.0)), figure(None), figure(None)]), Some(100.0));
    }

    #[test]
    fn formulas_of_the_start_name_known_measures_alone() {
        let feel = Feel::new();
        for formula in default_formulas() {
            for side in [&formula.numerator, &formula.denominator] {
                for word in feel.variables(side).unwrap() {
                    assert!(MEASURES.iter().any(|measure| measure.word == word), "{word}");
                }
            }
        }
    }
}
