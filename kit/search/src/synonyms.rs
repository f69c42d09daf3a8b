use std::collections::BTreeMap;

use crate::Error;
use crate::fold::runs;

/// How many expansions one piece may have.
const EXPANSIONS_MAX: usize = 12;

/// What people type, and what documents say instead. One way: 奶茶店 finds 餐饮, 餐饮 does not find 奶茶店.
#[derive(Debug, Clone, Default)]
pub struct Synonyms {
    table: BTreeMap<String, Vec<String>>,
}

impl Synonyms {
    /// No synonyms.
    pub fn none() -> Synonyms {
        Synonyms::default()
    }

    /// Reads a TOML table: `"奶茶店" = ["餐饮", "开店"]`.
    pub fn from_toml(toml: &str) -> Result<Synonyms, Error> {
        let mut synonyms = Synonyms::default();
        for (word, meanings) in toml::from_str::<BTreeMap<String, Vec<String>>>(toml)? {
            synonyms.add(&word, &meanings);
        }
        Ok(synonyms)
    }

    /// Adds meanings of a word.
    pub fn add(&mut self, word: &str, meanings: &[String]) {
        let key = normal(word);
        if !key.is_empty() {
            self.table.entry(key).or_default().extend(meanings.iter().map(|meaning| normal(meaning)).filter(|meaning| !meaning.is_empty()));
        }
    }

    /// The meanings of a piece and of the words inside it, longer words first.
    pub(crate) fn of(&self, piece: &str) -> Vec<&str> {
        let mut words: Vec<&String> = self.table.keys().filter(|word| piece.contains(word.as_str())).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let mut found: Vec<&str> = Vec::new();
        for meaning in words.into_iter().filter_map(|word| self.table.get(word)).flatten() {
            if meaning != piece && !found.contains(&meaning.as_str()) && found.len() < EXPANSIONS_MAX {
                found.push(meaning);
            }
        }
        found
    }
}

fn normal(text: &str) -> String {
    runs(text).iter().map(crate::fold::Run::text).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_inside_a_piece_have_meanings_too() {
        let synonyms =
            Synonyms::from_toml("\"奶茶店\" = [\"餐饮\", \"开店\"]\n\"老人补贴\" = [\"高龄津贴\"]\n\"ＡＢＣ\" = [\"Ｘ y\", \"\"]").unwrap();
        assert_eq!(synonyms.of("开奶茶店"), ["餐饮", "开店"]);
        assert_eq!(synonyms.of("老人补贴"), ["高龄津贴"]);
        assert_eq!(synonyms.of("abc"), ["x y"]);
        assert!(synonyms.of("餐饮").is_empty());
        assert!(Synonyms::from_toml("a = 1").is_err());
    }
}
