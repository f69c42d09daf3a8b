//! Calls that were logged before the measurement: rows of the real table like those of the calls that are measured. Nine of ten have lost their texts,
//! as after thirty days; hashes and signatures stay.

use store::Store;

const CHUNK: i64 = 100_000;

/// Multiplies the calls that are in the log already, with identifiers and times of their own, until there are `count`.
pub fn fill(store: &Store, count: u64) {
    let count = i64::try_from(count).expect("a count that fits");
    let sql = "
        with recursive series(n) as (select $1 union all select n + 1 from series where n + 1 < $2)
        insert into exchange_message (id, side, message_id, client, service, endpoint, case_number, purpose, grant_id, code, at_ms, client_at_ms,
            duration_us, request_bytes, response_bytes, request_text, request_head_sm3, request_body_sm3, request_body_sha512, request_signature,
            response_text, response_head_sm3, response_body_sm3, response_body_sha512, response_signature, kept_until_ms)
        select printf('call_0%025d', n), side, printf('msg_0%025d', n), client, service, endpoint, printf('STORED%012d', n), purpose, grant_id, code,
            1700000000000 + n * 100, 1700000000000 + n * 100, duration_us, request_bytes, response_bytes,
            case when n % 10 = 0 then request_text end, request_head_sm3, request_body_sm3, request_body_sha512, request_signature,
            case when n % 10 = 0 then response_text end, response_head_sm3, response_body_sm3, response_body_sha512,
            response_signature, kept_until_ms + n
        from series, (select * from exchange_message where response_signature is not null limit 1)";
    let mut from = 0;
    while from < count {
        let to = (from + CHUNK).min(count);
        store.write(move |tx| tx.execute(sql, &[&from, &to])).map(drop).expect("stored calls");
        from = to;
    }
}

/// How many calls are in the log.
pub fn count(store: &Store) -> i64 {
    store.read(|tx| tx.scalar("select count(*) from exchange_message", &[])).expect("a database")
}
