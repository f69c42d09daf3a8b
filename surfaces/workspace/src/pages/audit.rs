//! `/workspace/audit`: the journal, for the audit administrator: entries, their proof, the checkpoint.

use std::sync::LazyLock;

use axum::extract::{Query, State};
use gate::{App, PageError, StaffMember, Visitor};
use i18n::{Bundle, Lang};
use journal::{Checkpoint, CheckpointSigner, Entry, InclusionProof};
use maud::{Markup, html};
use runner::Halt;
use seal::SignedNote;
use serde::Deserialize;
use store::Tx;
use ui::{Cell, Input, Pagination, Select, SelectItem, SortColumn, SortableTable, SummaryList, SummaryRow, Tag, TagColour};

use super::rows::query;
use crate::frame::{Desk, Place, heading};
use crate::people::People;
use crate::say::{Say, moment};

const ROWS: usize = 50;
/// Entries read at once while looking for those of an actor or kind.
const CHUNK: i64 = 500;
/// After so many entries looked at, the search pauses; "older" goes on.
const LOOKED_AT_MAX: i64 = 20_000;

/// Events by kind, in words.
static EVENTS: LazyLock<Bundle> = LazyLock::new(|| Bundle::from_toml(include_str!("../../texts/events.toml")));

/// What was asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    stream: String,
    #[serde(default)]
    actor: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    before: Option<i64>,
}

/// What the page shows.
struct Page {
    entries: Vec<Entry>,
    older: Option<i64>,
    people: People,
    proof: Proof,
}

/// Whether the log still is what was signed.
struct Proof {
    head: Checkpoint,
    kept: Option<(i64, String)>,
    /// Whether the last entry under the kept checkpoint still leads to its roots.
    holds: bool,
}

/// `GET /workspace/audit`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Query(asked): Query<Asked>) -> Result<Markup, PageError> {
    if !Place::Audit.is_for(&app, &visitor) {
        return Err(PageError::NotFound);
    }
    let (wanted, origin) = (asked.clone(), app.settings.origin.clone());
    let page = app
        .read(move |tx| {
            let (entries, older) = wanted.entries(tx)?;
            let people = People::of(tx, entries.iter().map(|entry| entry.header.actor.as_str()))?;
            Ok(Page { entries, older, people, proof: proof(tx, &origin)? })
        })
        .await?;
    let title = Place::Audit.name(visitor.lang);
    Ok(Desk::new(&app, &visitor, Place::Audit, title).show(body(&app, &visitor, &asked, &page)))
}

impl Asked {
    fn fits(&self, entry: &Entry) -> bool {
        let header = &entry.header;
        (self.actor.trim().is_empty() || header.actor == self.actor.trim()) && (self.kind.trim().is_empty() || header.kind == self.kind.trim())
    }

    /// Newest first, and where the next page starts.
    fn entries(&self, tx: &mut Tx<'_>) -> Result<(Vec<Entry>, Option<i64>), Halt> {
        if !self.stream.trim().is_empty() {
            let mut all = journal::entries_of(tx, self.stream.trim())?;
            all.retain(|entry| self.fits(entry) && self.before.is_none_or(|before| entry.index < before));
            all.reverse();
            let more = all.len() > ROWS;
            all.truncate(ROWS);
            let older = all.last().filter(|_| more).map(|entry| entry.index);
            return Ok((all, older));
        }
        let size = journal::head(tx, "audit")?.size;
        let start = self.before.unwrap_or(size).clamp(0, size);
        let (mut upto, mut found) = (start, Vec::new());
        while upto > 0 && start - upto < LOOKED_AT_MAX {
            let from = (upto - CHUNK).max(0);
            let count = u32::try_from(upto - from).unwrap_or(u32::MAX);
            for entry in journal::entries_after(tx, from, count)?.into_iter().rev().filter(|entry| self.fits(entry)) {
                found.push(entry);
                if found.len() == ROWS {
                    let older = found.last().map(|entry: &Entry| entry.index).filter(|index| *index > 0);
                    return Ok((found, older));
                }
            }
            upto = from;
        }
        Ok((found, (upto > 0).then_some(upto)))
    }

    fn href(&self, before: i64) -> String {
        let before = before.to_string();
        format!("{}{}", Place::Audit.href(), query(&[("stream", &self.stream), ("actor", &self.actor), ("kind", &self.kind), ("before", &before)]))
    }
}

fn proof(tx: &mut Tx<'_>, origin: &str) -> Result<Proof, Halt> {
    let head = journal::head(tx, origin)?;
    let kept = journal::latest_checkpoint(tx)?;
    let holds = match &kept {
        Some((size, note)) if *size > 0 => {
            let entry = journal::entry_at(tx, size - 1)?;
            let proof: InclusionProof = journal::inclusion(tx, size - 1, *size)?;
            journal::Receipt { entry, proof, checkpoint: note.clone() }.check().is_ok()
        }
        Some(_) | None => false,
    };
    Ok(Proof { head, kept, holds })
}

/// Whether the node's own journal keys signed the note.
fn signature_holds(app: &App, note: &str) -> bool {
    let signer = CheckpointSigner::new(&app.settings.origin, &app.ring);
    let (Ok(signer), Ok(note)) = (signer, SignedNote::parse(note)) else { return false };
    signer.verifiers().iter().any(|verifier| note.verify(verifier).is_ok())
}

fn body(app: &App, visitor: &Visitor, asked: &Asked, page: &Page) -> Markup {
    let lang = visitor.lang;
    let columns = [
        lang.say("序号", "Index"),
        lang.say("时间", "Time"),
        lang.say("操作人", "Actor"),
        lang.say("动作", "Action"),
        lang.say("事件", "Event"),
        lang.say("对象", "Stream"),
        lang.say("核验", "Check"),
    ];
    html! {
        (heading(Place::Audit.name(lang)))
        (status(app, visitor, &page.proof))
        form.zs-inline method="get" action=(Place::Audit.href()) {
            (Input::new("stream", lang.say("对象（办件、账号…）", "Stream (case, account…)")).value(asked.stream.as_str()).attribute("data-search-key", "").width(20))
            (Input::new("actor", lang.say("操作账号", "Account")).value(asked.actor.as_str()).width(20))
            (Select::new("kind", lang.say("事件", "Event"), kinds(lang)).value(asked.kind.as_str()))
            (ui::Button::submit(lang.say("查找", "Find")).secondary())
        }
        (SortableTable {
            caption: lang.say("存证日志", "Journal").into(),
            columns: columns.map(SortColumn::fixed).to_vec(),
            rows: page.entries.iter().map(|entry| row(visitor, page, entry)).collect(),
            empty: lang.say("没有符合条件的记录。", "No entry fits.").into(),
        })
        @if let Some(older) = page.older { (Pagination::by_key(lang, None, Some(asked.href(older)))) }
    }
}

/// Every kind there is, by its words.
fn kinds(lang: Lang) -> Vec<SelectItem> {
    let mut kinds: Vec<SelectItem> = EVENTS.keys().map(|kind| SelectItem::new(kind, EVENTS.t(lang, kind))).collect();
    kinds.sort_by(|a, b| a.text.cmp(&b.text));
    kinds.insert(0, SelectItem::new("", lang.say("全部", "All")));
    kinds
}

fn status(app: &App, visitor: &Visitor, proof: &Proof) -> Markup {
    let lang = visitor.lang;
    let verdict = match &proof.kept {
        None => Tag::new(TagColour::Yellow, lang.say("还没有检查点", "No checkpoint yet")),
        Some((_, note)) if proof.holds && signature_holds(app, note) => Tag::new(TagColour::Green, lang.say("核验通过", "Verified")),
        Some(_) if proof.holds => Tag::new(TagColour::Orange, lang.say("根一致，签名未能核验", "Roots agree, signature not verified")),
        Some(_) => Tag::new(TagColour::Red, lang.say("核验不通过", "Not verified")),
    };
    let sm3 = hex(&proof.head.roots.sm3);
    let rows = vec![
        SummaryRow::new(lang.say("核验状态", "Verification"), html! { (verdict) }),
        SummaryRow::new(lang.say("日志条数", "Entries"), i18n::number(proof.head.size)),
        SummaryRow::new(lang.say("当前根（SM3）", "Present root (SM3)"), html! { code.zs-break { (sm3) } }),
        SummaryRow::new(
            lang.say("最近检查点", "Last checkpoint"),
            match &proof.kept {
                Some((size, note)) => {
                    html! { (lang.tell(format!("覆盖前{size}条"), format!("covers the first {size}"))) pre.zs-pre tabindex="0" { (note) } }
                }
                None => html! { "—" },
            },
        ),
    ];
    html! { (SummaryList::new(rows)) }
}

fn row(visitor: &Visitor, page: &Page, entry: &Entry) -> Vec<Cell> {
    let (lang, header) = (visitor.lang, &entry.header);
    let intact = match (&entry.payload, entry.payload_is_intact()) {
        (None, _) => Tag::new(TagColour::Grey, lang.say("内容已依法删除", "Erased by law")),
        (Some(_), true) => Tag::new(TagColour::Green, lang.say("完整", "Intact")),
        (Some(_), false) => Tag::new(TagColour::Red, lang.say("被改动", "Altered")),
    };
    let stream = query(&[("stream", header.stream.as_str())]);
    let actor = query(&[("actor", header.actor.as_str())]);
    let kind = query(&[("kind", header.kind.as_str())]);
    let here = Place::Audit.href();
    vec![
        Cell::number(entry.index.to_string()),
        Cell::new(moment(lang, header.at_ms)),
        Cell::new(html! {
            a.govuk-link href={ (here) (actor) } { (page.people.name(&header.actor, lang)) }
            @if header.on_behalf.is_some() { " " (lang.say("（代）", "(for another)")) }
        }),
        Cell::new(trust::actions::Action::find(&header.action).map_or(header.action.as_str(), |action| lang.say(action.zh, action.en))),
        Cell::new(html! { a.govuk-link href={ (here) (kind) } { (EVENTS.find(lang, &header.kind).unwrap_or(&header.kind)) } }),
        Cell::new(html! { a.govuk-link href={ (here) (stream) } { code.zs-break { (header.stream) } } " v" (header.version) }),
        Cell::new(html! { (intact) }),
    ]
}

fn hex(bytes: &[u8]) -> String {
    seal::hash::to_hex(bytes)
}

#[cfg(test)]
mod tests {
    use super::EVENTS;

    #[test]
    fn words_of_events_are_complete() {
        assert_eq!(EVENTS.check(), Vec::<String>::new());
    }
}
