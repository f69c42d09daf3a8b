use i18n::Lang;
use maud::{Markup, Render, html};

use crate::components::{Choice, ErrorMessage, Legend, Radios};
use crate::html::Content;
use crate::words;

/// The five levels of the national rating scheme (好差评), best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RatingLevel {
    /// 非常满意.
    VerySatisfied,
    /// 满意.
    Satisfied,
    /// 基本满意.
    FairlySatisfied,
    /// 不满意.
    Dissatisfied,
    /// 非常不满意.
    VeryDissatisfied,
}

impl RatingLevel {
    /// All levels, best first.
    pub const ALL: [RatingLevel; 5] =
        [RatingLevel::VerySatisfied, RatingLevel::Satisfied, RatingLevel::FairlySatisfied, RatingLevel::Dissatisfied, RatingLevel::VeryDissatisfied];

    /// Stars, 5 to 1; this is also the value that is sent.
    pub fn stars(self) -> u8 {
        match self {
            RatingLevel::VerySatisfied => 5,
            RatingLevel::Satisfied => 4,
            RatingLevel::FairlySatisfied => 3,
            RatingLevel::Dissatisfied => 2,
            RatingLevel::VeryDissatisfied => 1,
        }
    }

    /// The words of the level.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            RatingLevel::VerySatisfied => words::VERY_SATISFIED.get(lang),
            RatingLevel::Satisfied => words::SATISFIED.get(lang),
            RatingLevel::FairlySatisfied => words::FAIRLY_SATISFIED.get(lang),
            RatingLevel::Dissatisfied => words::DISSATISFIED.get(lang),
            RatingLevel::VeryDissatisfied => words::VERY_DISSATISFIED.get(lang),
        }
    }

    fn row_of_stars(self) -> String {
        let filled = usize::from(self.stars());
        "★".repeat(filled) + &"☆".repeat(5 - filled)
    }
}

/// Stars as radios: each is a row of stars with its words.
#[derive(Debug, Clone)]
pub struct Rating {
    /// Language of the words.
    pub lang: Lang,
    /// Name under which 1 to 5 is sent.
    pub name: String,
    /// The question.
    pub legend: Legend,
    /// Stars chosen; empty for none.
    pub value: String,
    /// What is wrong, if anything.
    pub error: Option<ErrorMessage>,
}

impl Rating {
    /// A rating with a name and a question.
    pub fn new(lang: Lang, name: impl Into<String>, legend: Legend) -> Rating {
        Rating { lang, name: name.into(), legend, value: String::new(), error: None }
    }
}

impl Render for Rating {
    fn render(&self) -> Markup {
        let items = RatingLevel::ALL.map(|level| {
            Choice::new(
                level.stars().to_string(),
                Content::Html(html! {
                    span.zs-rating__stars aria-hidden="true" { (level.row_of_stars()) }
                    " " span.zs-rating__word { (level.word(self.lang)) }
                }),
            )
        });
        Radios::new(self.name.as_str(), self.legend.clone(), items.to_vec())
            .value(self.value.as_str())
            .error(self.error.clone())
            .classes("zs-rating")
            .render()
    }
}
