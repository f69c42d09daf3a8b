use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{AllQuery, Query};
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

use crate::Error;
use crate::pieces::pieces;
use crate::query::{Searched, all, any, term};
use crate::snippet::{Stretch, snippet};
use crate::synonyms::Synonyms;
use crate::tokenizer::{Characters, Pairs};

/// Memory of the writer before it writes a segment.
const WRITER_BYTES: usize = 20_000_000;
const LIMIT_MAX: usize = 100;
const OFFSET_MAX: usize = 10_000;

/// What is put into the index.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doc {
    /// Unique over all kinds.
    pub id: String,
    /// `item`, `notice`…; also a facet named `kind`.
    pub kind: String,
    /// Highest weight.
    pub title: String,
    /// What people type for it.
    pub keywords: Vec<String>,
    /// Everything else worth finding.
    pub body: String,
    /// Names and values to filter by; a name may occur several times.
    pub facets: Vec<(String, String)>,
}

/// Only documents with one of the values of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Name of the facet, or `kind`.
    pub facet: String,
    /// At least one of them; none: no document.
    pub any_of: Vec<String>,
}

impl Filter {
    /// A filter by one value.
    pub fn one(facet: impl Into<String>, value: impl Into<String>) -> Filter {
        Filter { facet: facet.into(), any_of: vec![value.into()] }
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Hits {
    /// How many documents match.
    pub total: usize,
    /// The page asked for, best first.
    pub hits: Vec<Hit>,
}

/// One document found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Only for comparison within one result.
    pub score: f32,
    /// The part of the body around what was looked for.
    pub snippet: Vec<Stretch>,
}

/// The index. Shared by all threads.
pub struct Index {
    index: tantivy::Index,
    reader: IndexReader,
    writer: Mutex<IndexWriter>,
    fields: Fields,
    synonyms: Synonyms,
}

struct Fields {
    id: Field,
    kind: Field,
    facet: Field,
    searched: Searched,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("docs", &self.reader.searcher().num_docs()).finish_non_exhaustive()
    }
}

impl Index {
    /// An index in memory.
    pub fn new(synonyms: Synonyms) -> Result<Index, Error> {
        let (schema, fields) = schema();
        Index::with(tantivy::Index::create_in_ram(schema), fields, synonyms)
    }

    /// An index in a directory, made if it is not there.
    pub fn open(directory: &Path, synonyms: Synonyms) -> Result<Index, Error> {
        std::fs::create_dir_all(directory)?;
        let (schema, fields) = schema();
        let opened = tantivy::Index::open_or_create(tantivy::directory::MmapDirectory::open(directory)?, schema);
        let index = opened.map_err(|error| match error {
            tantivy::TantivyError::SchemaError(_) | tantivy::TantivyError::IncompatibleIndex(_) => Error::Outdated,
            other => Error::Engine(other),
        })?;
        Index::with(index, fields, synonyms)
    }

    fn with(index: tantivy::Index, fields: Fields, synonyms: Synonyms) -> Result<Index, Error> {
        index.tokenizers().register("pairs", TextAnalyzer::from(Pairs));
        index.tokenizers().register("characters", TextAnalyzer::from(Characters));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let writer = Mutex::new(index.writer_with_num_threads(1, WRITER_BYTES)?);
        Ok(Index { index, reader, writer, fields, synonyms })
    }

    /// Puts a document in the place of the one with the same id. Seen after the next commit.
    pub fn put(&self, doc: &Doc) -> Result<(), Error> {
        let mut found = TantivyDocument::new();
        let Fields { id, kind, facet, searched } = &self.fields;
        found.add_text(*id, &doc.id);
        found.add_text(*kind, &doc.kind);
        found.add_text(*facet, facet_term("kind", &doc.kind));
        for (name, value) in &doc.facets {
            found.add_text(*facet, facet_term(name, value));
        }
        found.add_text(searched.title, &doc.title);
        found.add_text(searched.body, &doc.body);
        found.add_text(searched.characters, format!("{} {}", doc.title, doc.keywords.join(" ")));
        for keyword in &doc.keywords {
            found.add_text(searched.keywords, keyword);
        }
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.delete_term(Term::from_field_text(*id, &doc.id));
        writer.add_document(found)?;
        Ok(())
    }

    /// Removes the document with this id, if there is one. Seen after the next commit.
    pub fn remove(&self, id: &str) {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner).delete_term(Term::from_field_text(self.fields.id, id));
    }

    /// Makes everything put and removed so far visible and durable.
    pub fn commit(&self) -> Result<(), Error> {
        self.commit_at(self.position()?)
    }

    /// Commits and stores how far the journal has been read.
    pub fn commit_at(&self, position: u64) -> Result<(), Error> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut prepared = writer.prepare_commit()?;
        prepared.set_payload(&position.to_string());
        prepared.commit()?;
        self.reader.reload()?;
        Ok(())
    }

    /// The position of the last commit; 0 for a new index.
    pub fn position(&self) -> Result<u64, Error> {
        Ok(self.index.load_metas()?.payload.and_then(|payload| payload.parse().ok()).unwrap_or_default())
    }

    /// How many documents there are.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether there are no documents.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Finds documents. A blank query finds all that pass the filters. No text of a query is an error.
    pub fn search(&self, query: &str, filters: &[Filter], limit: usize, offset: usize) -> Result<Hits, Error> {
        let sought = pieces(query);
        let matching: Box<dyn Query> = match (sought.is_empty(), query.trim().is_empty()) {
            (false, _) => self.fields.searched.query(&sought, &self.synonyms),
            (true, true) => Box::new(AllQuery),
            // Something was typed, but nothing that can be looked for.
            (true, false) => return Ok(Hits::default()),
        };
        let mut clauses = vec![matching];
        for filter in filters {
            let values = filter.any_of.iter().map(|value| term(self.fields.facet, &facet_term(&filter.facet, value)));
            clauses.push(Box::new(tantivy::query::ConstScoreQuery::new(any(values.collect()), 0.0)));
        }
        let searcher = self.reader.searcher();
        let top = TopDocs::with_limit(limit.clamp(1, LIMIT_MAX)).and_offset(offset.min(OFFSET_MAX)).order_by_score();
        let (found, total) = searcher.search(&*all(clauses), &(top, Count))?;
        let mut marked = sought.clone();
        marked.extend(sought.iter().flat_map(|piece| self.synonyms.of(piece)).map(str::to_owned));
        let mut hits = Vec::with_capacity(found.len());
        for (score, address) in found {
            hits.push(self.hit(&searcher.doc::<TantivyDocument>(address)?, score, &marked));
        }
        Ok(Hits { total, hits })
    }

    fn hit(&self, doc: &TantivyDocument, score: f32, marked: &[String]) -> Hit {
        let text = |field| doc.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
        let Fields { id, kind, searched, .. } = &self.fields;
        let snippet = snippet(text(searched.body), marked);
        Hit { id: text(*id).to_owned(), kind: text(*kind).to_owned(), title: text(searched.title).to_owned(), score, snippet }
    }
}

fn facet_term(name: &str, value: &str) -> String {
    format!("{name}={value}")
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexed = |tokenizer: &str, record| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let pairs = indexed("pairs", IndexRecordOption::WithFreqsAndPositions);
    let fields = Fields {
        id: builder.add_text_field("id", STRING | STORED),
        kind: builder.add_text_field("kind", STORED),
        facet: builder.add_text_field("facet", STRING),
        searched: Searched {
            title: builder.add_text_field("title", pairs.clone() | STORED),
            keywords: builder.add_text_field("keywords", pairs.clone()),
            body: builder.add_text_field("body", pairs | STORED),
            characters: builder.add_text_field("characters", indexed("characters", IndexRecordOption::WithFreqs)),
        },
    };
    (builder.build(), fields)
}
