//! From BPMN 2.0 XML to a [`Definition`], or to every defect of the file.
//!
//! Two passes: `collect` finds processes, nodes, arrows and lanes and gives them indexes; `link` resolves what refers to them.
//! Nothing is skipped silently: an element or attribute that the engine does not execute is refused.

mod collect;
mod drawing;
mod events;
mod lanes;
mod link;
mod nodes;
mod reader;
mod script;
mod words;

use crate::definition::Definition;
use crate::problem::{Position, Problem, in_file_order};
use reader::Reader;

pub(crate) use events::duration_problem;
pub(crate) use script::is_snake_case;

/// The BPMN 2.0 model namespace.
pub const BPMN: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";
/// The namespace of the product's attributes.
pub const ZS: &str = "urn:zhengshu:flow:1";

/// Reads a BPMN 2.0 file; on failure, everything that is wrong with it, in file order.
pub fn parse(xml: &str) -> Result<Definition, Vec<Problem>> {
    let (definition, problems) = read(xml)?;
    if problems.is_empty() { Ok(definition) } else { Err(problems) }
}

/// Reads as much as can be understood, so that the other checks can run on a file which also has structural defects.
/// Fails only when the text is no XML or no BPMN at all.
pub(crate) fn read(xml: &str) -> Result<(Definition, Vec<Problem>), Vec<Problem>> {
    let document = roxmltree::Document::parse(xml).map_err(|error| vec![no_xml(&error)])?;
    let root = document.root_element();
    let mut reader = Reader::new(xml);
    if !root.has_tag_name((BPMN, "definitions")) {
        reader.problem(
            root,
            "not-bpmn",
            format!("根元素应为 BPMN 2.0 的 definitions，实际为 {}。", root.tag_name().name()),
            format!("Expected the root element to be BPMN 2.0 definitions, but it is {}.", root.tag_name().name()),
        );
        return Err(reader.problems);
    }
    reader.collect_definitions(root);
    reader.link();
    let problems = in_file_order(reader.problems);
    Ok((reader.definition, problems))
}

fn no_xml(error: &roxmltree::Error) -> Problem {
    let at = error.pos();
    let position = Position { line: at.row, column: at.col };
    Problem::new(position, "not-xml", format!("不是格式正确的 XML：{error}。"), format!("Expected well-formed XML, but: {error}."))
}
