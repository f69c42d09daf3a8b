//! Which articles of law a package rests on, so that a change of law lists what it touches (R35).

use serde::Serialize;

use crate::package::Package;

/// One place of a package that rests on an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Name of the law without brackets.
    pub law: String,
    /// 第…条, with 款 and 项 as written.
    pub article: String,
    /// What rests on it.
    pub part: CitedBy,
    /// Line in `item.toml`.
    pub line: u32,
}

/// What rests on an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CitedBy {
    /// The item itself.
    Item,
    /// The statutory limit.
    Limit,
    /// A fee, by its Chinese name.
    Fee(String),
    /// A material, by its id.
    Material(String),
}

impl Package {
    /// Everything the package cites, in the order of the file. Free words without an article are left out.
    #[must_use]
    pub fn citations(&self) -> Vec<Citation> {
        let mut found = Vec::new();
        for (index, basis) in self.item.basis.iter().enumerate() {
            let line = self.line(&format!("basis[{index}].article"));
            found.push(Citation { law: basis.law.clone(), article: basis.article.clone(), part: CitedBy::Item, line });
        }
        if let Some(statutory) = &self.item.limits.statutory {
            cite(&statutory.basis, &CitedBy::Limit, self.line("limits.statutory"), &mut found);
        }
        for (index, fee) in self.item.fees.iter().enumerate() {
            cite(&fee.basis, &CitedBy::Fee(fee.name.zh.clone()), self.line(&format!("fee[{index}].basis")), &mut found);
        }
        for (index, material) in self.item.materials.iter().enumerate() {
            let line = self.line(&format!("material[{index}].basis"));
            cite(&material.basis, &CitedBy::Material(material.id.clone()), line, &mut found);
        }
        found
    }

    /// The places that rest on a law, or on one article of it (第四十二条 covers 第四十二条第一款).
    #[must_use]
    pub fn citing(&self, law: &str, article: Option<&str>) -> Vec<Citation> {
        let touches = |citation: &Citation| citation.law == law && article.is_none_or(|article| covers(article, &citation.article));
        self.citations().into_iter().filter(touches).collect()
    }
}

fn covers(article: &str, cited: &str) -> bool {
    cited.strip_prefix(article).is_some_and(|rest| !rest.starts_with('之'))
}

/// Reads `law 第…条…；law 第…条…、第…条…`.
fn cite(text: &str, part: &CitedBy, line: u32, found: &mut Vec<Citation>) {
    for clause in text.split(['；', ';']) {
        let Some(at) = clause.find('第') else { continue };
        let (law, articles) = clause.split_at(at);
        let law = law.trim().trim_start_matches('《').trim_end_matches('》').trim();
        let mut article = String::new();
        for piece in articles.split(['、', '，', ',']) {
            let piece = piece.split(['（', '(']).next().unwrap_or_default().trim();
            // 第一项、第四项: the second stands under the same article.
            if piece.contains('条') && piece.starts_with('第') {
                article = piece.to_owned();
                found.push(Citation { law: law.to_owned(), article: article.clone(), part: part.clone(), line });
            } else if article.is_empty() {
                break;
            }
        }
    }
    found.retain(|citation| !citation.law.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(text: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        cite(text, &CitedBy::Item, 1, &mut found);
        found.into_iter().map(|citation| (citation.law, citation.article)).collect()
    }

    #[test]
    fn citations_are_read_from_what_people_write() {
        let pair = |law: &str, article: &str| (law.to_owned(), article.to_owned());
        assert_eq!(cited("行政许可法 第四十二条第一款"), [pair("行政许可法", "第四十二条第一款")]);
        assert_eq!(
            cited("《食品安全法》第三十五条；国务院关于在线政务服务的若干规定 第七条"),
            [pair("食品安全法", "第三十五条"), pair("国务院关于在线政务服务的若干规定", "第七条")]
        );
        assert_eq!(cited("食品安全法 第三十三条第一款第一项、第四项"), [pair("食品安全法", "第三十三条第一款第一项")]);
        assert_eq!(cited("食品安全法 第三十三条第一款第三项、第四十七条").len(), 2);
        assert_eq!(cited("老年人权益保障法 第三十三条第二款（年龄条件）"), [pair("老年人权益保障法", "第三十三条第二款")]);
        assert_eq!(cited("本县高龄津贴发放规定（户籍条件）"), []);
    }

    #[test]
    fn an_article_covers_its_paragraphs_but_not_its_neighbours() {
        assert!(covers("第四十二条", "第四十二条第一款"));
        assert!(!covers("第四十二条", "第四十二条之一"));
        assert!(!covers("第四条", "第四十二条"));
    }
}
