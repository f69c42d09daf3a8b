//! A data folder for one test.

use clap::Parser;
use i18n::Text;
use parties::{DivisionCode, EnactDivision};
use runner::{Actor, Request};
use zhengshu::config::Place;
use zhengshu::node::Node;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    place: Place,
}

pub fn place(data: &std::path::Path) -> Place {
    Line::parse_from(["test", "--data", data.to_str().unwrap()]).place
}

/// Writes something into the journal.
pub fn enact(node: &Node, code: &str) {
    let code = DivisionCode::parse(code).unwrap();
    let command = EnactDivision { code, name: Text::same("云溪县"), valid_from: "2020-01-01".parse().unwrap() };
    node.runner.execute(Request::by(Actor::system()), command).unwrap();
}
