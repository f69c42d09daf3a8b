//! Pieces into a query of the engine.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::synonyms::Synonyms;
use crate::tokenizer::terms;

type Boxed = Box<dyn Query>;

/// The fields that are searched, with their weights.
pub(crate) struct Searched {
    pub title: Field,
    pub keywords: Field,
    pub body: Field,
    pub characters: Field,
}

const PHRASE: f32 = 2.0;
const SYNONYM: f32 = 0.8;
const ALL_PIECES: f32 = 1.5;

impl Searched {
    fn weighted(&self) -> [(Field, f32); 3] {
        [(self.title, 6.0), (self.keywords, 4.0), (self.body, 1.0)]
    }

    /// Documents with any of the pieces; better with all of them.
    pub(crate) fn query(&self, pieces: &[String], synonyms: &Synonyms) -> Boxed {
        if let [piece] = pieces
            && piece.chars().count() == 1
        {
            let single = term(self.characters, piece);
            return any(vec![single, self.word(piece)]);
        }
        let of_piece = |piece: &String| {
            let mut ways = vec![self.piece(piece)];
            ways.extend(synonyms.of(piece).into_iter().map(|meaning| boost(self.meaning(meaning), SYNONYM)));
            any(ways)
        };
        let mut ways: Vec<Boxed> = pieces.iter().map(of_piece).collect();
        if pieces.len() > 1 {
            ways.push(boost(all(pieces.iter().map(of_piece).collect()), ALL_PIECES));
        }
        any(ways)
    }

    /// A piece: enough of its pairs, better in one stretch.
    fn piece(&self, piece: &str) -> Boxed {
        let words = terms(piece);
        if words.len() < 2 {
            return any(words.iter().map(|word| self.word(word)).collect());
        }
        let needed = words.len().div_ceil(4);
        let pairs: Vec<(Occur, Boxed)> = words.iter().map(|word| (Occur::Should, self.word(word))).collect();
        any(vec![Box::new(BooleanQuery::with_minimum_required_clauses(pairs, needed)), boost(self.phrase(&words), PHRASE)])
    }

    /// A meaning stands for the piece only as a whole.
    fn meaning(&self, meaning: &str) -> Boxed {
        let runs = meaning.split(' ').map(|run| {
            let words = terms(run);
            match words.as_slice() {
                [word] => self.word(word),
                _ => self.phrase(&words),
            }
        });
        all(runs.collect())
    }

    fn word(&self, word: &str) -> Boxed {
        any(self.weighted().into_iter().map(|(field, weight)| boost(term(field, word), weight)).collect())
    }

    fn phrase(&self, words: &[String]) -> Boxed {
        let in_field = |(field, weight): (Field, f32)| {
            let terms = words.iter().map(|word| Term::from_field_text(field, word)).collect();
            boost(Box::new(PhraseQuery::new(terms)), weight)
        };
        if words.len() < 2 {
            return any(words.iter().map(|word| self.word(word)).collect());
        }
        any(self.weighted().into_iter().map(in_field).collect())
    }
}

pub(crate) fn term(field: Field, text: &str) -> Boxed {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

pub(crate) fn any(queries: Vec<Boxed>) -> Boxed {
    Box::new(BooleanQuery::union(queries))
}

pub(crate) fn all(queries: Vec<Boxed>) -> Boxed {
    Box::new(BooleanQuery::intersection(queries))
}

fn boost(query: Boxed, weight: f32) -> Boxed {
    Box::new(BoostQuery::new(query, weight))
}
