//! What a call of the exchange costs. See the README.
#![expect(clippy::expect_used, reason = "a benchmark that cannot run should say so and stop")]

mod alone;
mod node;
mod pair;
mod stored;

fn main() {
    let stored = std::env::args().nth(1).map_or(0, |count| count.parse().expect("how many calls are stored before the last measurement"));
    alone::run();
    pair::run(stored);
}

/// How many messages are signed together, in words.
fn together(batch: usize) -> String {
    if batch == 1 { "each on its own".to_owned() } else { format!("up to {batch} together") }
}
