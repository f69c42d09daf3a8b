//! Choices from a repeatable sequence.

use ids::{Entropy, SeededEntropy};

/// A sequence of its own for one purpose, so that a change in one part of the town leaves the others as they are.
pub(crate) fn dice(seed: u64, purpose: &str) -> SeededEntropy {
    let mixed = purpose.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    SeededEntropy::new(mixed)
}

/// A number from `low` to `high`, both included.
pub(crate) fn between(dice: &mut dyn Entropy, low: i64, high: i64) -> i64 {
    let span = u64::try_from(high.saturating_sub(low)).unwrap_or(0).saturating_add(1);
    low.saturating_add(i64::try_from(dice.below(span)).unwrap_or(0))
}

/// True in so many of a hundred cases.
pub(crate) fn chance(dice: &mut dyn Entropy, percent: u64) -> bool {
    dice.below(100) < percent
}

/// An index below `count`.
pub(crate) fn index(dice: &mut dyn Entropy, count: usize) -> usize {
    let bound = u64::try_from(count).unwrap_or(0);
    usize::try_from(dice.below(bound)).unwrap_or(0)
}

/// An index below `count`, low ones more often.
pub(crate) fn skewed(dice: &mut dyn Entropy, count: usize) -> usize {
    index(dice, count).min(index(dice, count)).min(index(dice, count))
}

/// One of them.
pub(crate) fn pick<'a, T>(dice: &mut dyn Entropy, from: &'a [T]) -> Option<&'a T> {
    from.get(index(dice, from.len()))
}

/// One character of a text.
pub(crate) fn pick_char(dice: &mut dyn Entropy, from: &str) -> char {
    let count = from.chars().count();
    from.chars().nth(index(dice, count)).unwrap_or('云')
}

/// An index by weights.
pub(crate) fn weighted(dice: &mut dyn Entropy, weights: impl Iterator<Item = u64> + Clone) -> usize {
    let mut rest = dice.below(weights.clone().sum());
    for (index, weight) in weights.enumerate() {
        if rest < weight {
            return index;
        }
        rest = rest.saturating_sub(weight);
    }
    0
}
