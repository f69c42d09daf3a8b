use std::time::Duration;

use mysql::consts::ColumnType;
use mysql::prelude::Queryable;
use mysql::{Column, Conn, Opts, OptsBuilder, Row, Value as Cell};
use serde_json::{Map, Value};

use crate::{ANSWER_ROWS_MAX, Mapping, Source, SourceError, outer};

const CONNECT_TIME_MAX: Duration = Duration::from_secs(5);
/// How long the server may be silent.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(5);
/// The number of the collation of bytes.
const BINARY: u16 = 63;
const READ_ONLY: &str = "set session transaction read only";

/// A table or view of a server that speaks MySQL's protocol (MySQL, MariaDB, TiDB, OceanBase), asked over a connection of its own.
#[derive(Clone)]
pub struct MySqlTable {
    opts: Opts,
    table: String,
    mapping: Mapping,
}

impl MySqlTable {
    /// The table at an address (`mysql://user:password@host:3306/database`), with the columns that are read.
    ///
    /// # Errors
    /// The address is none.
    pub fn new(address: &str, table: &str, mapping: Mapping) -> Result<Self, SourceError> {
        let opts =
            Opts::from_url(address).map_err(|_| SourceError::unexpected("mysql", "to no address of the form mysql://user:password@host/database"))?;
        let opts = OptsBuilder::from_opts(opts).prefer_socket(false).tcp_connect_timeout(Some(CONNECT_TIME_MAX)).read_timeout(Some(ANSWER_TIME_MAX));
        Ok(Self { opts: opts.init(vec![READ_ONLY]).into(), table: table.to_owned(), mapping })
    }

    fn place(&self) -> String {
        format!("mysql://{}:{}/{}", self.opts.get_ip_or_hostname(), self.opts.get_tcp_port(), self.opts.get_db_name().unwrap_or_default())
    }

    fn selection(&self) -> String {
        let columns: Vec<String> = self.mapping.iter().map(|(_, column)| quoted(column)).collect();
        let table: Vec<String> = self.table.split('.').map(quoted).collect();
        format!("select {} from {}", columns.join(", "), table.join("."))
    }

    /// A comparison for the index of the column, and one that is exact: the first takes `5` for `5x` where the column holds numbers.
    fn condition(&self, name: &str) -> Result<String, SourceError> {
        let column = quoted(outer(&self.mapping, name)?);
        Ok(format!("{column} = ? and convert({column} using utf8mb4) collate utf8mb4_bin = ?"))
    }

    fn rows(&self, text: &str, key: &[(&str, &str)]) -> mysql::Result<Vec<Map<String, Value>>> {
        let mut connection = Conn::new(self.opts.clone())?;
        let values: Vec<&str> = key.iter().flat_map(|(_, value)| [*value, *value]).collect();
        let mut found = Vec::new();
        for row in connection.exec_iter(text, values)? {
            found.push(self.named(row?));
        }
        Ok(found)
    }

    fn all(&self, visit: &mut dyn FnMut(i64, &Map<String, Value>)) -> mysql::Result<()> {
        let mut connection = Conn::new(self.opts.clone())?;
        let mut number = 0_i64;
        for row in connection.query_iter(self.selection())? {
            number = number.saturating_add(1);
            visit(number, &self.named(row?));
        }
        Ok(())
    }

    /// Values of a row under the names of the asker.
    fn named(&self, row: Row) -> Map<String, Value> {
        let columns = row.columns();
        let cells = columns.iter().zip(row.unwrap_raw()).map(|(column, cell)| text(column, cell?));
        self.mapping.iter().zip(cells).filter_map(|((own, _), text)| Some((own.clone(), text?.into()))).collect()
    }
}

/// A value as it is written; none for what is empty or no text.
fn text(column: &Column, cell: Cell) -> Option<String> {
    match cell {
        Cell::NULL => None,
        Cell::Bytes(bytes) => {
            String::from_utf8(bytes).ok().filter(|_| column.column_type() != ColumnType::MYSQL_TYPE_BLOB || column.character_set() != BINARY)
        }
        Cell::Int(number) => Some(number.to_string()),
        Cell::UInt(number) => Some(number.to_string()),
        Cell::Float(number) => Some(number.to_string()),
        Cell::Double(number) => Some(number.to_string()),
        Cell::Date(year, month, day, ..) if column.column_type() == ColumnType::MYSQL_TYPE_DATE => Some(format!("{year:04}-{month:02}-{day:02}")),
        Cell::Date(year, month, day, hour, minute, second, _) => Some(format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")),
        Cell::Time(is_negative, days, hours, minutes, seconds, _) => {
            let (sign, hours) = (if is_negative { "-" } else { "" }, days.saturating_mul(24).saturating_add(u32::from(hours)));
            Some(format!("{sign}{hours:02}:{minutes:02}:{seconds:02}"))
        }
    }
}

impl Source for MySqlTable {
    fn by_key(&self, key: &[(&str, &str)]) -> Result<Vec<Map<String, Value>>, SourceError> {
        let conditions: Vec<String> = key.iter().map(|(name, _)| self.condition(name)).collect::<Result<_, _>>()?;
        let text = format!("{} where {} limit {}", self.selection(), conditions.join(" and "), ANSWER_ROWS_MAX.saturating_add(1));
        self.rows(&text, key).map_err(|fault| SourceError::unreachable(&self.place(), fault))
    }

    fn gives_rows(&self) -> bool {
        true
    }

    fn each(&self, visit: &mut dyn FnMut(i64, &Map<String, Value>)) -> Result<(), SourceError> {
        self.all(visit).map_err(|fault| SourceError::unreachable(&self.place(), fault))
    }
}

fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}
