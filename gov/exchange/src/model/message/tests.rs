#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

fn request() -> RequestMessage {
    let headers = [
        ("x-road-client", "CN-339921/GOV/11339921MB00000018/civil"),
        ("x-road-id", "8b2d"),
        ("x-zhengshu-time", "1772413200000"),
        ("content-type", "application/json"),
        ("x-road-issue", "339921-2026-1"),
        ("connection", "close"),
    ];
    RequestMessage {
        method: "POST".into(),
        path: "/r1/CN-339921/GOV/11339921MB00000026/population/person/read".into(),
        query: None,
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        body: b"{}".to_vec(),
    }
}

#[test]
fn the_head_is_one_text_whatever_the_way_did_to_it() {
    let first = request();
    let text = "POST /r1/CN-339921/GOV/11339921MB00000026/population/person/read HTTP/1.1\r\ncontent-type:application/json\r\n\
                x-road-client:CN-339921/GOV/11339921MB00000018/civil\r\nx-road-id:8b2d\r\nx-road-issue:339921-2026-1\r\n\
                x-zhengshu-time:1772413200000\r\n";
    assert_eq!(first.head_text(), text);
    let mut other = first.clone();
    other.headers.reverse();
    other.headers.push(("via".into(), "1.1 proxy".into()));
    assert_eq!((other.head_text(), other.request_hash()), (first.head_text(), first.request_hash()));
}

#[test]
fn the_request_hash_is_that_of_x_road() {
    use seal::hash::sha512;
    let request = request();
    let head = sha512(&[request.head_text().as_bytes()]);
    let body = sha512(&[b"{}"]);
    let both = [head.as_slice(), body.as_slice()].concat();
    assert_eq!(request.request_hash(), STANDARD.encode(sha512(&[&both])));
    let bare = RequestMessage { body: Vec::new(), ..request };
    assert_eq!(bare.request_hash(), STANDARD.encode(head));
    assert_eq!(STANDARD.decode(bare.request_hash()).unwrap().len(), 64);
}

#[test]
fn what_is_missing_doubled_or_contradictory_is_malformed() {
    assert!(request().head().is_ok());
    let without = |name: &str| {
        let mut bare = request();
        bare.headers.retain(|(found, _)| found != name);
        bare.head()
    };
    for name in ["x-road-client", "x-road-id", "x-zhengshu-time"] {
        assert_eq!(without(name), Err(Code::HeadMalformed), "{name}");
    }
    for (name, value) in [
        ("x-road-id", "again"),
        ("x-road-service", "CN-339921/GOV/11339921MB00000026/population/other"),
        ("x-road-userid", "a\r\nx-road-issue: b"),
        ("x-road-representedparty", &"x".repeat(501)),
        ("X-Road-Issue", "b"),
    ] {
        let mut bent = request();
        bent.headers.push((name.to_owned(), value.to_owned()));
        assert_eq!(bent.head().is_err(), name != "X-Road-Issue", "{name}");
    }
    let large = RequestMessage { body: vec![0; BODY_BYTES_MAX + 1], ..request() };
    assert_eq!(large.head(), Err(Code::TooLarge));
}

#[test]
fn a_response_answers_one_request_alone() {
    let request = request();
    let mut response = ResponseMessage { status: 200, headers: Vec::new(), body: b"[]".to_vec() };
    assert_eq!(response.answers(&request), Err(Code::ResponseMismatched));
    for name in ["x-road-id", "x-road-client"] {
        response.headers.push((name.into(), value_of(&request.headers, name).unwrap().into()));
    }
    response.headers.push((header::REQUEST_HASH.into(), request.request_hash()));
    response.answers(&request).unwrap();
    let other = RequestMessage { body: b"{ }".to_vec(), ..request };
    assert_eq!(response.answers(&other), Err(Code::ResponseMismatched));
}

proptest! {
    #[test]
    fn any_change_that_counts_changes_what_is_signed(at in 0_usize..6, extra in "[a-z0-9]{1,8}", byte in any::<u8>()) {
        let first = request();
        let mut other = first.clone();
        match at {
            0 => other.body.push(byte),
            1 => other.path.push_str(&extra),
            2 => other.query = Some(extra),
            3 => other.method.push_str(&extra),
            4 => other.headers[4].1.push_str(&extra),
            _ => other.headers.push((format!("x-road-{extra}"), extra)),
        }
        prop_assert_ne!(first.signed_text(), other.signed_text());
        prop_assert_ne!(first.request_hash(), other.request_hash());
    }
}
