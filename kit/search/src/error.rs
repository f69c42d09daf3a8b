/// Why the index cannot do its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The index on disk has another layout.
    #[error("expected the current layout in the index directory, but it has another one; delete it and build it again")]
    Outdated,
    /// The engine failed: disk full, directory locked by another process.
    #[error("the search index failed")]
    Engine(#[from] tantivy::TantivyError),
    /// The directory cannot be opened.
    #[error("the index directory cannot be opened")]
    Directory(#[from] tantivy::directory::error::OpenDirectoryError),
    /// The directory cannot be made.
    #[error("the index directory cannot be made")]
    Io(#[from] std::io::Error),
    /// The synonyms are not a TOML table of lists.
    #[error("expected synonyms as a table of lists: {0}")]
    Synonyms(#[from] toml::de::Error),
}
