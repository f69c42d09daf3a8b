//! The tables of published packages: the only SQL of this crate.

use store::{Migration, Row, StoreError, Tx};

use crate::files::Files;
use crate::hash::PackageHash;

/// To be applied as component `procedure`.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "package versions and their files",
    sql: "
create table package_version (
    slug text not null,
    version bigint not null,
    hash text not null,
    signature text not null,
    signed_by text not null,
    valid_from text not null,
    retired_on text,
    published_at bigint not null,
    status text not null,
    primary key (slug, version),
    constraint uq_package_version__hash unique (hash),
    constraint ck_package_version__status check (status in ('draft', 'published', 'retired'))
);
create table package_file (
    hash text not null,
    path text not null,
    content bytea not null,
    primary key (hash, path)
);
",
}];

/// Where a version is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VersionStatus {
    /// Kept, but no case can start under it.
    Draft,
    /// In force from its day on.
    Published,
    /// No new case starts under it; running cases stay.
    Retired,
}

impl VersionStatus {
    /// As kept in the table.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Retired => "retired",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Draft, Self::Published, Self::Retired].into_iter().find(|status| status.as_str() == text)
    }
}

/// One version of a package as published. Dates are `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PackageVersion {
    /// The item.
    pub slug: String,
    /// From 1, without a gap.
    pub version: i64,
    /// The package hash.
    pub hash: String,
    /// SM2 signature in hexadecimal.
    pub signature: String,
    /// Name of the publishing key.
    pub signed_by: String,
    /// First day on which cases start under it.
    pub valid_from: String,
    /// First day on which no case starts under it any more.
    pub retired_on: Option<String>,
    /// Milliseconds since 1970.
    pub published_at: i64,
    /// Where it is in its life.
    pub status: VersionStatus,
}

impl PackageVersion {
    /// Whether cases may start under it on a day.
    #[must_use]
    pub fn in_force(&self, on: jiff::civil::Date) -> bool {
        let day = on.to_string();
        let retired = self.retired_on.as_ref().is_some_and(|retired| *retired <= day);
        self.status != VersionStatus::Draft && self.valid_from <= day && !retired
    }
}

const COLUMNS: &str = "slug, version, hash, signature, signed_by, valid_from, retired_on, published_at, status";

fn version(row: &Row) -> Result<PackageVersion, StoreError> {
    Ok(PackageVersion {
        slug: row.get(0)?,
        version: row.get(1)?,
        hash: row.get(2)?,
        signature: row.get(3)?,
        signed_by: row.get(4)?,
        valid_from: row.get(5)?,
        retired_on: row.get(6)?,
        published_at: row.get(7)?,
        // The table's own check keeps other words out.
        status: VersionStatus::parse(&row.get::<String>(8)?).unwrap_or(VersionStatus::Draft),
    })
}

/// All versions, by item and version.
pub(crate) fn versions(tx: &mut Tx<'_>) -> Result<Vec<PackageVersion>, StoreError> {
    let rows = tx.query(&format!("select {COLUMNS} from package_version order by slug, version"), &[])?;
    rows.iter().map(version).collect()
}

/// The versions of one item, oldest first.
pub(crate) fn versions_of(tx: &mut Tx<'_>, slug: &str) -> Result<Vec<PackageVersion>, StoreError> {
    let rows = tx.query(&format!("select {COLUMNS} from package_version where slug = $1 order by version"), &[&slug])?;
    rows.iter().map(version).collect()
}

/// The version with this hash.
pub(crate) fn version_by_hash(tx: &mut Tx<'_>, hash: &str) -> Result<Option<PackageVersion>, StoreError> {
    let row = tx.query_opt(&format!("select {COLUMNS} from package_version where hash = $1"), &[&hash])?;
    row.as_ref().map(version).transpose()
}

/// Keeps a new version.
pub(crate) fn insert_version(tx: &mut Tx<'_>, version: &PackageVersion) -> Result<(), StoreError> {
    tx.execute(
        &format!("insert into package_version ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
        &[
            &version.slug,
            &version.version,
            &version.hash,
            &version.signature,
            &version.signed_by,
            &version.valid_from,
            &version.retired_on,
            &version.published_at,
            &version.status.as_str(),
        ],
    )?;
    Ok(())
}

/// Ends a version.
pub(crate) fn retire_version(tx: &mut Tx<'_>, slug: &str, version: i64, retired_on: &str) -> Result<(), StoreError> {
    tx.execute(
        "update package_version set status = $1, retired_on = $2 where slug = $3 and version = $4",
        &[&VersionStatus::Retired.as_str(), &retired_on, &slug, &version],
    )?;
    Ok(())
}

/// Keeps the files under the hash.
pub(crate) fn insert_files(tx: &mut Tx<'_>, hash: &PackageHash, files: &Files) -> Result<(), StoreError> {
    for (path, content) in files.iter() {
        tx.execute("insert into package_file (hash, path, content) values ($1, $2, $3)", &[&hash.as_str(), &path, &content])?;
    }
    Ok(())
}

/// The files kept under a hash; empty when there are none.
pub(crate) fn files(tx: &mut Tx<'_>, hash: &str) -> Result<Files, StoreError> {
    let mut files = Files::new();
    for row in tx.query("select path, content from package_file where hash = $1 order by path", &[&hash])? {
        files.put(row.get::<String>(0)?, row.get::<Vec<u8>>(1)?);
    }
    Ok(files)
}
