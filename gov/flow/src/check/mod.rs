//! The publish gate for flows: words, graph and state space.

mod choice;
mod conditions;
mod explore;
mod graph;
mod lint;
mod situation;
mod vocabulary;

pub use vocabulary::Vocabulary;

use crate::definition::Definition;
use crate::parse;
use crate::problem::{Problem, in_file_order};

/// Everything that is wrong with a file: structure, words, graph and, when the structure is sound, the state space.
/// Nothing wrong: an empty list, and [`crate::parse`] succeeds.
pub fn check(xml: &str, vocabulary: &Vocabulary) -> Vec<Problem> {
    match parse::read(xml) {
        Err(problems) => problems,
        Ok((definition, problems)) if problems.is_empty() => model_check(&definition, vocabulary),
        Ok((definition, mut problems)) => {
            problems.extend(lint::problems(&definition, vocabulary));
            in_file_order(problems)
        }
    }
}

/// Everything that is wrong with a definition beyond what [`crate::parse`] refuses: words the product does not know, nodes no token
/// reaches, tokens that stick, get lost or are doubled. Conditions count as free choices, timers, messages and errors as possible at any time.
pub fn model_check(definition: &Definition, vocabulary: &Vocabulary) -> Vec<Problem> {
    let mut problems = lint::problems(definition, vocabulary);
    let shape = graph::problems(definition);
    let explorable = !shape.iter().any(|problem| problem.code == "endless-loop");
    problems.extend(shape);
    if explorable {
        problems.extend(explore::problems(definition));
    }
    in_file_order(problems)
}
