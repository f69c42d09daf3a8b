//! `doctor`: what is wrong, and how to mend it, one sentence each. It reads only, also while the server runs.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use clock::WorkCalendar;
use journal::JournalError;
use store::{Config, Durability, Store};

use crate::config::{Place, Site};
use crate::exchanging::tls;

/// How it stands with one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whether it is as it should be.
    pub well: bool,
    /// What was found, in Chinese.
    pub zh: String,
    /// What was found, in English, with what to do.
    pub en: String,
}

fn well(zh: impl Into<String>, en: impl Into<String>) -> Finding {
    Finding { well: true, zh: zh.into(), en: en.into() }
}

fn ill(zh: impl Into<String>, en: impl Into<String>) -> Finding {
    Finding { well: false, zh: zh.into(), en: en.into() }
}

/// Looks at everything it can without writing.
#[must_use]
pub fn examine(place: &Place) -> Vec<Finding> {
    let mut findings = vec![data_folder(&place.data), key_folder(&place.keys()), site_file(&place.data)];
    findings.extend(exchange_tls(&place.data));
    let config = match &place.database {
        Some(address) => Config::Postgres { address: address.clone() },
        None if place.database_file().exists() => Config::Sqlite { path: place.database_file(), durability: Durability::Full },
        None => {
            findings.push(ill(
                "还没有数据库：先运行 zhengshu demo 或 zhengshu serve。",
                "There is no database yet: run `zhengshu demo` or `zhengshu serve` first.",
            ));
            return findings;
        }
    };
    match Store::open(&config) {
        Ok(store) => findings.extend(database(&store, place)),
        Err(e) => findings.push(ill(
            format!("数据库打不开：{e}。请检查路径或地址、权限和磁盘。"),
            format!("The database cannot be opened ({e}): check its path or address, permissions and the disk."),
        )),
    }
    findings
}

fn data_folder(data: &Path) -> Finding {
    let probe = data.join(format!(".probe-{}", std::process::id()));
    let written = std::fs::write(&probe, vec![0_u8; 1 << 20]);
    let _ = std::fs::remove_file(&probe);
    match written {
        Ok(()) => well("数据目录可写。", "The data folder can be written."),
        Err(e) => ill(
            format!("数据目录 {} 不能写入：{e}。请腾出空间或改正权限。", data.display()),
            format!("The data folder {} cannot be written ({e}): free some space or mend its permissions.", data.display()),
        ),
    }
}

fn key_folder(keys: &Path) -> Finding {
    let mode = std::fs::metadata(keys).map(|found| found.permissions().mode() & 0o777);
    match mode {
        Ok(mode) if mode & 0o077 == 0 => well("密钥目录只有本用户可读。", "The key folder is readable by its owner only."),
        Ok(mode) => ill(
            format!("密钥目录权限是 {mode:o}，别人也能读：请执行 chmod 700 {}。", keys.display()),
            format!("The key folder has mode {mode:o}, others can read it: run chmod 700 {}.", keys.display()),
        ),
        Err(_) => ill(
            format!("没有密钥目录 {}：若不是第一次启动，请从备份恢复密钥，否则密封的数据打不开。", keys.display()),
            format!(
                "There is no key folder {}: unless this is the first start, restore it; sealed data cannot be opened without it.",
                keys.display()
            ),
        ),
    }
}

fn site_file(data: &Path) -> Finding {
    match Site::read(data) {
        Ok(site) if site.production => well("站点配置可用（正式环境）。", "The site file is right (production)."),
        Ok(_) => well("站点配置可用（示例环境）。", "The site file is right (example)."),
        Err(e) => ill(format!("站点配置有误：{e}。请改正 zhengshu.toml。"), format!("{e}: mend zhengshu.toml.")),
    }
}

/// Certificate and roots for mutual TLS, where the site names some.
fn exchange_tls(data: &Path) -> Option<Finding> {
    let tls = Site::read(data).ok()?.exchange_tls?;
    Some(match tls::check(data, &tls) {
        Ok(()) => well("数据交换的证书可用。", "The certificate of the exchange can be used."),
        Err(e) => ill(
            format!("数据交换的双向 TLS 不能启用：{e}。请检查 zhengshu.toml 的 [exchange_tls] 和其中的文件。"),
            format!("Mutual TLS of the exchange cannot be had ({e}): look at [exchange_tls] in zhengshu.toml and at its files."),
        ),
    })
}

/// What the program brings and what was imported since.
fn calendar(store: &Store) -> Finding {
    use clock::Clock;
    let today = clock::local_date(clock::SystemClock::new().now());
    let official = WorkCalendar::official();
    let known = store.read(|tx| workspace::calendar_with_imports(tx, &official)).unwrap_or_else(|_| WorkCalendar::clone(&official));
    let next = today.year() + 1;
    if known.knows(today.year()) && (today.month() < 11 || known.knows(next)) {
        return well("工作日历覆盖当前期限。", "The working-day calendar covers present limits.");
    }
    ill(
        format!("工作日历缺 {next} 年的放假安排，跨年期限为暂估：国务院公布后请导入。"),
        format!("The calendar lacks the arrangement of {next}: limits across the year are provisional until it is imported."),
    )
}

fn database(store: &Store, place: &Place) -> Vec<Finding> {
    let mut findings = vec![calendar(store), journal_state(store), time_state(store), jobs_state(store), package_state(store)];
    if place.database.is_none() {
        findings.push(files_state(store, place));
    }
    findings
}

/// Recomputes leaves and payloads of the newest entries; the whole is what `export` and `verify` prove.
fn journal_state(store: &Store) -> Finding {
    const LOOKED_AT: i64 = 2_000;
    let looked = store.read(|tx| {
        let size = journal::head(tx, "doctor")?.size;
        let entries = journal::entries_after(tx, (size - LOOKED_AT).max(0), 2_000)?;
        let broken = entries.iter().find(|entry| !entry.payload_is_intact()).map(|entry| entry.index);
        let last = entries.last().map(|entry| entry.index + 1);
        Ok::<_, JournalError>((size, broken, last.unwrap_or(0)))
    });
    match looked {
        Ok((size, None, last)) if last == size => {
            well(format!("日志共 {size} 条，最近的记录完好。"), format!("The journal has {size} entries; the newest are intact."))
        }
        Ok((_, Some(index), _)) => ill(
            format!("日志第 {index} 条被改动：请立即停止写入，用备份比对，并报告审计管理员。"),
            format!("Entry {index} of the journal was altered: stop the server, compare with a backup, and tell the auditor."),
        ),
        Ok((size, None, last)) => ill(
            format!("日志头记着 {size} 条，实际到 {last} 条：数据库被人为改动，请从备份恢复。"),
            format!("The journal's head says {size} entries, but there are {last}: restore a backup."),
        ),
        Err(e) => ill(format!("日志读不出来：{e}。"), format!("The journal cannot be read ({e}): restore a backup.")),
    }
}

fn time_state(store: &Store) -> Finding {
    use clock::Clock;
    let now = clock::SystemClock::new().now().as_millisecond();
    let last: Result<Option<i64>, store::StoreError> = store.read(|tx| {
        let row = tx.query_opt("select at_ms from journal_entry order by idx desc limit 1", &[])?;
        row.map(|row| row.get(0)).transpose()
    });
    match last {
        Ok(Some(last)) if last > now + 60_000 => ill(
            "系统时间早于最后一条记录：请校准时间，否则新的记录会一直停在旧的时刻。",
            "The machine's time is before the last entry: set it right, or new entries keep the old time.",
        ),
        Ok(_) => well("系统时间正常。", "The machine's time is plausible."),
        Err(e) => ill(format!("读不到最后一条记录的时间：{e}。"), format!("The time of the last entry cannot be read ({e}).")),
    }
}

fn jobs_state(store: &Store) -> Finding {
    match store.read(jobs::overview) {
        Ok(overview) if overview.dead == 0 => {
            well(format!("没有失败的任务（待办 {}）。", overview.ready), format!("No dead jobs ({} waiting).", overview.ready))
        }
        Ok(overview) => ill(
            format!("有 {} 个任务多次失败：请在工作台“后台任务”查看原因并重放。", overview.dead),
            format!("{} jobs failed too often: see why at /workspace/jobs and replay them.", overview.dead),
        ),
        Err(e) => {
            ill(format!("任务表读不出来：{e}。"), format!("The jobs cannot be read ({e}): run the server once to bring the tables up to date."))
        }
    }
}

fn package_state(store: &Store) -> Finding {
    match store.read(|tx| procedure::Library::load(tx)) {
        Ok(library) => {
            use clock::Clock;
            let today = clock::local_date(clock::SystemClock::new().now());
            match library.all_current(today).len() {
                0 => ill("还没有发布任何事项：用 zhengshu publish 发布规程包。", "No item is published: publish packages with `zhengshu publish`."),
                count => well(format!("在用事项 {count} 个，签名和内容一致。"), format!("{count} items in force, each as it was signed.")),
            }
        }
        Err(e) => ill(format!("规程包有问题：{e}。请重新发布。"), format!("A package is not what was published ({e}): publish it again.")),
    }
}

fn files_state(store: &Store, place: &Place) -> Finding {
    let names: Result<Vec<String>, store::StoreError> = store.read(|tx| {
        let rows = tx.query("select blob from case_material order by added_ms desc limit 500", &[])?;
        rows.iter().map(|row| row.get(0)).collect()
    });
    let stored = blobs::Blobs::folder(&place.files());
    match (names, stored) {
        (Ok(names), Ok(stored)) => {
            let missing = names.iter().filter(|name| name.parse().is_ok_and(|name: blobs::BlobName| !stored.exists(&name).unwrap_or(false))).count();
            match missing {
                0 => well("申请材料的文件都在。", "The files of the newest materials are there."),
                missing => ill(
                    format!("缺少 {missing} 个材料文件：请从备份恢复 files 目录。"),
                    format!("{missing} files are missing: restore `files` from a backup."),
                ),
            }
        }
        (Err(e), _) => ill(format!("材料表读不出来：{e}。"), format!("The materials cannot be read ({e}).")),
        (_, Err(e)) => ill(format!("文件目录打不开：{e}。"), format!("The file folder cannot be opened ({e}).")),
    }
}
