//! Serves the portal in a small county with a few cases: `cargo run -p portal --example serve -- 8080`.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "../tests/it/county.rs"]
mod county;

use county::County;

#[tokio::main]
async fn main() {
    let port = std::env::args().nth(1).unwrap_or_else(|| "8080".to_owned());
    let county = County::new();
    county.play("geti-shangpu-dengji", "ordinary");
    county.play("12345-suqiu", "ordinary");
    let (number, code, _) = county.newest_case();
    println!("http://127.0.0.1:{port}/ - the case {number} has the query code {code}");
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await.unwrap();
    axum::serve(listener, county.router()).await.unwrap();
}
