//! Cases that were stored before the measurement: rows of the real tables.

use store::{Store, StoreError};

pub const ORGANS: u64 = 20;
const CHUNK: i64 = 100_000;
const LINE: &str = "(1600000000000 + n * 1000) * 1048576 + 1";
const OPEN: &str = "(n / 20) % 20 = 0";

/// Inserts `count` cases with two tasks each. Every twentieth of each organ is open.
pub fn fill(store: &Store, count: u64) {
    let count = i64::try_from(count).expect("a count that fits");
    let mut from = 0;
    while from < count {
        let to = (from + CHUNK).min(count);
        store.write(move |tx| chunk(tx, from, to)).expect("stored cases");
        from = to;
    }
}

fn line(n: i64) -> i64 {
    (1_600_000_000_000 + n * 1_000) * 1_048_576 + 1
}

fn chunk(tx: &mut store::Tx<'_>, from: i64, to: i64) -> Result<(), StoreError> {
    let series = "with recursive series(n) as (select $1 union all select n + 1 from series where n + 1 < $2)";
    let content = format!("v1.{}", "c2VhbGVkLWNvbnRlbnQ".repeat(80));
    tx.execute(
        &format!(
            "{series} insert into case_file (line, id, number, query_code, package_hash, slug, item_name_zh, item_name_en, organ, division, party,
             applicant_shown, agent, channel, status, outcome, version, submitted_ms, accepted_on, accepted_by_default, closed_ms, due_on,
             content, flow, parent, reopened)
             select {LINE}, printf('case_0%025d', n), printf('STORED%012d', n), 'ABCDEF', 'hash', '12345-suqiu', '12345 诉求', '12345 request',
             printf('organ_%d', n % {ORGANS}), '339921', printf('party_%d', n % 5000), '林*禾', null, 'web',
             case when {OPEN} then 'accepted' else 'closed' end, case when {OPEN} then null else 'resolved' end, 7,
             1600000000000 + n * 1000, '2026-01-05', 0, case when {OPEN} then null else 1600000000000 + n * 1000 + 86400000 end,
             '2026-01-12', $3, '{{}}', null, 0 from series"
        ),
        &[&from, &to, &content],
    )?;
    for (offset, node, post) in [(0, "assign", "dispatcher"), (1, "handle", "handler")] {
        tx.execute(
            &format!(
                "{series} insert into case_task (id, case_id, activity, node, name_zh, name_en, kind, organ, post, state, assignee, opened_ms,
                 due_on, closed_ms, outcome, officers_min, submitted_ms, line)
                 select printf('task_0%024d{offset}', n), printf('case_0%025d', n), {offset}, '{node}', '办理', 'Handle', 'handle',
                 printf('organ_%d', n % {ORGANS}), '{post}',
                 case when {OPEN} and {offset} = 1 then 'open' else 'done' end,
                 case when n % 1000 = 7 then 'account_granted' else printf('account_%d', (n / 20) % 60) end,
                 1600000000000 + n * 1000, null, null, 'resolved', 0, 1600000000000 + n * 1000, {LINE} from series"
            ),
            &[&from, &to],
        )?;
    }
    tx.execute(
        "insert into case_sight (viewer, line)
         select 'account/' || assignee, line from case_task where line between $1 and $2
         union select 'post/' || organ || '/' || post, line from case_task where state = 'open' and line between $1 and $2",
        &[&line(from), &line(to - 1)],
    )?;
    Ok(())
}

/// Gives all stored cases to an organ of the town, the tasks of two others to its handlers and its window, and what two accounts saw to two of its own.
pub fn give(store: &Store, organ: &str, clerk: &str, granted: &str) {
    let mut moves = vec![
        ("update case_file set organ = $1 where number like $2", organ.to_owned(), "STORED%".to_owned()),
        ("update case_task set post = $1 where organ = $2 and post = 'handler'", "window".to_owned(), "organ_1".to_owned()),
    ];
    for (from, post) in [("organ_0", "handler"), ("organ_1", "window")] {
        moves.push(("update case_task set organ = $1 where organ = $2", organ.to_owned(), from.to_owned()));
        moves.push(("update case_sight set viewer = $1 where viewer = $2", format!("post/{organ}/{post}"), format!("post/{from}/handler")));
    }
    for (from, account) in [("account_1", clerk), ("account_granted", granted)] {
        moves.push(("update case_task set assignee = $1 where assignee = $2", account.to_owned(), from.to_owned()));
        moves.push(("update case_sight set viewer = $1 where viewer = $2", format!("account/{account}"), format!("account/{from}")));
    }
    for (sql, new, old) in moves {
        store.write(move |tx| tx.execute(sql, &[&new, &old])).map(drop).expect("cases of the town");
    }
}
