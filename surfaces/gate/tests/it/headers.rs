use axum::body::Body;
use axum::http::{Method, StatusCode};

use crate::house::House;

#[test]
fn every_answer_carries_the_security_headers() {
    let house = House::new();
    let mut browser = house.browser();
    for path in [
        "/",
        "/nowhere",
        "/cases",
        "/refuse",
        "/broken",
        "/panic",
        "/assets/css/citizen.css",
        "/health/live",
        "/sign-in",
        "/robots.txt",
        "/api/v1/nothing",
    ] {
        let answer = house.run(browser.get(path));
        let policy = answer.header("content-security-policy");
        for part in
            ["default-src 'none'", "script-src 'self' 'nonce-", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"]
        {
            assert!(policy.contains(part), "{part} not in {policy} of {path}");
        }
        assert!(!policy.contains("unsafe"), "{path}");
        for (name, value) in [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("referrer-policy", "same-origin")] {
            assert_eq!(answer.header(name), value, "{name} of {path}");
        }
        assert_eq!(answer.header("x-request-id").len(), 32, "{path}");
        assert!(!answer.header("cache-control").is_empty(), "{path}");
    }
}

#[test]
fn pages_hold_no_inline_code_and_the_nonce_of_their_policy() {
    let house = House::new();
    let mut browser = house.browser();
    house.run(async {
        let (one, two) = (browser.get("/sign-in").await, browser.get("/sign-in").await);
        assert_ne!(one.header("content-security-policy"), two.header("content-security-policy"));
        assert_eq!(one.header("cache-control"), "no-store");
        let text = one.text();
        let nonce = one.header("content-security-policy").split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        assert!(text.contains(&format!("nonce=\"{nonce}\"")));
        assert!(!text.contains("style=\"") && !text.contains("onclick") && !text.contains("<style"));
        for script in text.split("<script").skip(1) {
            assert!(script.contains("src=\"/assets/") && script.contains("></script>"), "{script:.80}");
        }
    });
}

#[test]
fn static_files_are_kept_for_ever_and_not_sent_again() {
    let house = House::new();
    let mut browser = house.browser();
    house.run(async {
        let path = ui::asset_url("css/citizen.css").to_owned();
        let first = browser.get(&path).await;
        assert_eq!((first.status, first.header("content-type")), (StatusCode::OK, "text/css; charset=utf-8"));
        assert_eq!(first.header("cache-control"), "public, max-age=31536000, immutable");
        let request = browser.request(Method::GET, &path).header("if-none-match", first.header("etag"));
        let second = browser.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!((second.status, second.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(browser.get("/assets/css/citizen.css").await.header("cache-control"), "no-cache");
        assert_eq!(browser.get("/assets/../Cargo.toml").await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.get("/sw.js").await.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(browser.get("/manifest.webmanifest").await.status, StatusCode::OK);
    });
}

#[test]
fn head_gives_the_headers_alone() {
    let house = House::new();
    let mut browser = house.browser();
    house.run(async {
        for path in ["/", "/sign-in", "/robots.txt", "/health/ready"] {
            let answer = browser.send(browser.request(Method::HEAD, path).body(Body::empty()).unwrap()).await;
            assert_eq!((answer.status, answer.bytes.len()), (StatusCode::OK, 0), "{path}");
        }
    });
}

#[test]
fn pages_are_compressed_where_the_browser_can_read_it() {
    let house = House::new();
    let mut browser = house.browser();
    browser.headers.push(("accept-encoding", "gzip".to_owned()));
    let answer = house.run(browser.get("/sign-in"));
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert!(answer.bytes.len() < 10_000);
}

#[test]
fn health_and_figures_are_for_those_who_run_the_server() {
    let house = House::new();
    let mut browser = house.browser();
    house.run(async {
        assert_eq!(browser.get("/health/live").await.text(), "live\n");
        assert_eq!(browser.get("/health/ready").await.text(), "ready\n");
        assert_eq!(browser.get("/metrics").await.status, StatusCode::NOT_FOUND);
        let mut request = browser.request(Method::GET, "/metrics").body(Body::empty()).unwrap();
        request.extensions_mut().insert(axum::extract::ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 1))));
        let figures = browser.send(request).await;
        assert!(figures.text().contains("http_requests_total"), "{}", figures.text());
        house.app.health.drain();
        assert_eq!(browser.get("/health/ready").await.status, StatusCode::SERVICE_UNAVAILABLE);
    });
}
