//! What a query asks for.

use crate::fold::{Class, runs};

/// Longest query that is read, in characters; the rest is cut off.
const QUERY_LENGTH_MAX: usize = 120;
const PIECES_MAX: usize = 16;

/// Words of a question that say nothing about its subject; longer ones first.
const FILLERS: [&str; 40] = [
    "是什么",
    "为什么",
    "怎么样",
    "多少钱",
    "我想要",
    "想咨询",
    "有没有",
    "能不能",
    "可不可以",
    "我想",
    "我要",
    "想要",
    "请问",
    "咨询",
    "怎么",
    "怎样",
    "如何",
    "什么",
    "哪里",
    "哪些",
    "哪个",
    "多久",
    "需要",
    "可以",
    "应该",
    "一家",
    "一个",
    "一下",
    "的",
    "吗",
    "呢",
    "了",
    "啊",
    "吧",
    "么",
    "我",
    "要",
    "在",
    "去",
    "给",
];
const FILLERS_EN: [&str; 22] = [
    "a", "an", "the", "of", "to", "for", "in", "on", "and", "or", "how", "what", "where", "do", "does", "i", "my", "is", "can", "need", "want",
    "apply",
];

/// The pieces of a query, folded. A query of nothing but fillers keeps them.
pub(crate) fn pieces(query: &str) -> Vec<String> {
    let query: String = query.chars().take(QUERY_LENGTH_MAX).collect();
    let mut found: Vec<String> = Vec::new();
    for run in runs(&query) {
        match run.class {
            Class::Han => found.extend(without_fillers(&run.text())),
            Class::Word if !FILLERS_EN.contains(&run.text().as_str()) => found.push(run.text()),
            Class::Word | Class::Other => {}
        }
    }
    if found.is_empty() {
        found = runs(&query).iter().map(crate::fold::Run::text).collect();
    }
    let is_single = |piece: &String| piece.chars().count() == 1;
    if found.iter().any(|piece| !is_single(piece)) {
        found.retain(|piece| !is_single(piece));
    }
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|piece| seen.insert(piece.clone()));
    found.truncate(PIECES_MAX);
    found
}

/// Cuts a run at its filler words, the longest that fits at each place.
fn without_fillers(run: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut piece = String::new();
    let mut rest = run;
    while let Some(c) = rest.chars().next() {
        match FILLERS.iter().find(|filler| rest.starts_with(**filler)) {
            // One filler character inside a longer word is part of the word: 要 in 重要, 在 in 存在.
            Some(filler) if filler.chars().count() > 1 || piece.is_empty() || rest.chars().count() == 1 => {
                found.extend((!piece.is_empty()).then(|| std::mem::take(&mut piece)));
                rest = rest.get(filler.len()..).unwrap_or_default();
            }
            _ => {
                piece.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    found.extend((!piece.is_empty()).then_some(piece));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fillers_are_cut_out() {
        for (query, expected) in [
            ("我想开一家奶茶店需要什么证", vec!["奶茶店"]),
            ("营业执照怎么办", vec!["营业执照"]),
            ("高龄津贴", vec!["高龄津贴"]),
            ("重要事项", vec!["重要事项"]),
            ("证", vec!["证"]),
            ("怎么", vec!["怎么"]),
            ("How do I open a shop", vec!["open", "shop"]),
            ("个体 营业执照 个体", vec!["个体", "营业执照"]),
            ("Ｆｏｏｄ　许可", vec!["food", "许可"]),
            ("", vec![]),
            ("!!! ((", vec![]),
        ] {
            assert_eq!(pieces(query), expected, "{query}");
        }
        assert!(pieces(&"执照 a1 ".repeat(1000)).len() <= PIECES_MAX);
    }
}
