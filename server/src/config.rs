//! Where things are: flags, environment, and a file for what belongs to the site.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;

/// What every command needs to know.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// Folder of the node's data.
    #[arg(long, env = "ZHENGSHU_DATA", default_value = "data", global = true)]
    pub data: PathBuf,
    /// Address of a PostgreSQL server (`host=… user=… dbname=…`) instead of the file in the data folder.
    #[arg(long, env = "ZHENGSHU_DATABASE", global = true, hide_env_values = true)]
    pub database: Option<String>,
    /// Where the server listens.
    #[arg(long, env = "ZHENGSHU_LISTEN", default_value = "127.0.0.1:8080", global = true)]
    pub listen: SocketAddr,
    /// The address people type, for links in documents; default: `http://` and the listening address.
    #[arg(long, env = "ZHENGSHU_PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// Log as lines of JSON.
    #[arg(long, env = "ZHENGSHU_LOG_JSON", global = true)]
    pub log_json: bool,
}

impl Place {
    /// A data folder with everything else as by default.
    #[must_use]
    pub fn at(data: &Path) -> Self {
        let listen = SocketAddr::from(([127, 0, 0, 1], 8080));
        Self { data: data.to_owned(), database: None, listen, public_url: None, log_json: false }
    }

    /// The SQLite file.
    #[must_use]
    pub fn database_file(&self) -> PathBuf {
        self.data.join("zhengshu.db")
    }

    /// The key folder.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.data.join("keys")
    }

    /// The folder of stored files.
    #[must_use]
    pub fn files(&self) -> PathBuf {
        self.data.join("files")
    }

    /// The folder of tables over public data; it may be thrown away at any time.
    #[must_use]
    pub fn tables(&self) -> PathBuf {
        self.data.join("tables")
    }

    /// The address people type, without a slash at the end.
    #[must_use]
    pub fn public_url(&self) -> String {
        let given = self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.listen));
        given.trim_end_matches('/').to_owned()
    }
}

/// What belongs to the site, from `zhengshu.toml` in the data folder.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Site {
    /// Name of the node, and origin of its journal.
    pub node: String,
    /// The division whose organs it serves.
    pub division: String,
    /// 行政复议机关.
    pub reconsideration: String,
    /// The same in English.
    pub reconsideration_en: String,
    /// 有管辖权的人民法院.
    pub court: String,
    /// The same in English.
    pub court_en: String,
    /// Refuses to start when something the law wants of a government site is missing.
    pub production: bool,
    /// Folder with fuller fonts, for rare characters in names.
    pub fonts: Option<PathBuf>,
    /// S3-compatible storage for files, instead of the folder `files/`. Its secret comes from `ZHENGSHU_S3_SECRET`.
    pub s3: Option<S3>,
    /// Systems of other offices that keep registers and are asked live. Their secrets come from the environment.
    pub connections: Vec<Connection>,
    /// Addresses of proxies before the server, which say for whom they ask: `10.1.0.0/16`.
    pub trusted_proxies: Vec<String>,
    /// Addresses from which administrators may sign in; none: from everywhere.
    pub admin_addresses: Vec<String>,
    /// Where own information systems call services of others without signing; none: nowhere.
    pub connector: Option<Connector>,
    /// Where other nodes call by mutual TLS; none: at the address of the pages, behind a proxy that does TLS.
    pub exchange_tls: Option<ExchangeTls>,
    /// The name at the top of every page.
    pub name_zh: String,
    /// The same in English.
    pub name_en: String,
    /// 主办单位.
    pub host: String,
    /// The same in English.
    pub host_en: String,
    /// 承办单位.
    pub operator: String,
    /// The same in English.
    pub operator_en: String,
    /// The telephone that helps people, shown on every page of the elder skin.
    pub help_phone: String,
    /// 联系方式.
    pub contact: String,
    /// 网站标识码, 10 digits.
    pub site_code: String,
    /// ICP 备案号.
    pub icp: String,
    /// 公安备案号.
    pub police: String,
}

/// The connector: an address that only a department's own information systems can reach.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connector {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Subsystems for which the systems behind it may speak.
    pub clients: Vec<String>,
}

/// Mutual TLS with other nodes. Paths start from the data folder.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExchangeTls {
    /// Where it listens.
    pub listen: SocketAddr,
    /// PEM file of the certificate this node shows, with its chain and its private key.
    pub identity: PathBuf,
    /// PEM file of the roots by which nodes of this exchange are known; no others are trusted.
    pub roots: PathBuf,
}

/// S3-compatible storage.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3 {
    /// Bucket.
    pub bucket: String,
    /// Region; any word where storage has none.
    pub region: String,
    /// Address of the service.
    pub endpoint: Option<String>,
    /// Access key id.
    pub access_key_id: String,
    /// Allows `http://`, for a service on the same machine or private network.
    #[serde(default)]
    pub allow_http: bool,
}

/// A system that keeps the records of a register and is asked live.
#[derive(Clone, Debug, Deserialize)]
pub struct Connection {
    /// Name, as declarations of registers have it.
    pub name: String,
    /// What it is.
    #[serde(flatten)]
    pub kind: ConnectionKind,
    /// Column, or place in an answer, by field of the register.
    pub columns: std::collections::BTreeMap<String, String>,
}

/// What a connection leads to.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ConnectionKind {
    /// A table or view of an SQLite file.
    Sqlite {
        /// The file.
        path: PathBuf,
        /// Table or view.
        table: String,
    },
    /// A table or view of a PostgreSQL server.
    Postgres {
        /// The environment variable that holds `host=… user=… password=… dbname=…`.
        address_from: String,
        /// Table or view, with its schema: `public.residents`.
        table: String,
    },
    /// A table or view of a server that speaks MySQL's protocol.
    #[serde(rename = "mysql")]
    MySql {
        /// The environment variable that holds `mysql://user:password@host:3306/database`.
        address_from: String,
        /// Table or view.
        table: String,
    },
    /// A service that answers `GET` with JSON.
    Http {
        /// Its address.
        address: String,
        /// The environment variable that holds its bearer token.
        #[serde(default)]
        token_from: Option<String>,
        /// JSON pointer to the row or rows; empty for the whole answer.
        #[serde(default)]
        rows_at: String,
    },
    /// A folder into which files are put; the newest counts.
    Folder {
        /// The folder.
        path: PathBuf,
    },
}

impl Default for Site {
    /// The example county.
    fn default() -> Self {
        Self {
            node: "yunxi".into(),
            division: "339921".into(),
            reconsideration: "云溪县人民政府".into(),
            reconsideration_en: "the People's Government of Yunxi County".into(),
            court: "云溪县人民法院".into(),
            court_en: "Yunxi County People's Court".into(),
            production: false,
            fonts: None,
            s3: None,
            connections: Vec::new(),
            trusted_proxies: Vec::new(),
            admin_addresses: Vec::new(),
            connector: None,
            exchange_tls: None,
            name_zh: "云溪县政务服务网".into(),
            name_en: "Yunxi County Government Services".into(),
            host: "云溪县人民政府办公室".into(),
            host_en: "Office of the People's Government of Yunxi County".into(),
            operator: "云溪县数据局".into(),
            operator_en: "Yunxi County Data Bureau".into(),
            help_phone: "12345".into(),
            contact: "0999-12345".into(),
            site_code: "3399210001".into(),
            icp: "云ICP备00000000号".into(),
            police: "云公网安备 33992100000000号".into(),
        }
    }
}

/// Why the site file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SiteProblem {
    /// It cannot be read.
    #[error("cannot read {0}")]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// It is wrong.
    #[error("{0} is wrong")]
    Wrong(PathBuf, #[source] toml::de::Error),
}

impl Site {
    /// Reads `zhengshu.toml` of a data folder; the example county when there is none.
    ///
    /// # Errors
    /// What is wrong with the file, and where.
    pub fn read(data: &Path) -> Result<Self, SiteProblem> {
        let path = data.join("zhengshu.toml");
        match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map_err(|e| SiteProblem::Wrong(path, e)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(e) => Err(SiteProblem::Unreadable(path, e)),
        }
    }
}
