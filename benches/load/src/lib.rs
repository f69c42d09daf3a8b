#![doc = include_str!("../README.md")]
#![expect(clippy::expect_used, reason = "a measurement that cannot be made should say so and stop")]

use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// What was measured.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    /// Answers a second.
    pub rate: f64,
    /// Half of the answers took no longer, in milliseconds.
    pub p50_ms: f64,
    /// 95 of a hundred.
    pub p95_ms: f64,
    /// 99 of a hundred.
    pub p99_ms: f64,
}

impl Figures {
    /// The figures of answers that took so long and came within `span`.
    #[must_use]
    pub fn of(mut times: Vec<Duration>, span: Duration) -> Self {
        times.sort_unstable();
        let last = times.len().saturating_sub(1);
        let at = |percent: usize| times.get(last * percent / 100).map_or(0.0, |time| time.as_secs_f64() * 1_000.0);
        let rate = u32::try_from(times.len()).map_or(0.0, f64::from) / span.as_secs_f64();
        Self { rate, p50_ms: at(50), p95_ms: at(95), p99_ms: at(99) }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>9.0}/s  p50 {:>7.2} ms  p95 {:>7.2} ms  p99 {:>7.2} ms", self.rate, self.p50_ms, self.p95_ms, self.p99_ms)
    }
}

/// A request: method, path, further header lines, each ended by `\r\n`, and body.
#[derive(Clone, Debug)]
pub struct Ask {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Path with query.
    pub path: String,
    /// Further header lines, each ended.
    pub head: String,
    /// The body; empty for none.
    pub body: String,
}

impl Ask {
    /// A page or resource.
    #[must_use]
    pub const fn get(path: String) -> Self {
        Self { method: "GET", path, head: String::new(), body: String::new() }
    }
}

/// A kept-alive connection to a server.
#[derive(Debug)]
pub struct Connection {
    host: String,
    reader: BufReader<TcpStream>,
}

impl Connection {
    /// Connects to an address with its port.
    ///
    /// # Panics
    /// When nobody listens there.
    #[must_use]
    pub fn open(host: &str) -> Self {
        let stream = TcpStream::connect(host).expect("a server");
        stream.set_nodelay(true).expect("a socket");
        Self { host: host.to_owned(), reader: BufReader::new(stream) }
    }

    /// Sends a request and reads the answer: its status and its body.
    ///
    /// # Panics
    /// When the connection breaks, or what comes is no HTTP.
    pub fn ask(&mut self, ask: &Ask) -> (u16, Vec<u8>) {
        let Ask { method, path, head, body } = ask;
        let request = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\ncontent-length: {}\r\n{head}\r\n{body}", self.host, body.len());
        self.reader.get_mut().write_all(request.as_bytes()).expect("a connection");
        let status = self.line().split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        let mut length = None;
        loop {
            let line = self.line();
            match line.split_once(':').map(|(name, value)| (name.to_ascii_lowercase(), value.trim())) {
                None => break,
                Some((name, value)) if name == "content-length" => length = value.parse::<usize>().ok(),
                Some(_) => {}
            }
        }
        let mut body = Vec::new();
        if let Some(length) = length {
            self.read(&mut body, length);
            return (status, body);
        }
        // Without a length the body comes in chunks, the last of them empty.
        loop {
            let size = usize::from_str_radix(self.line().trim(), 16).expect("a chunk");
            self.read(&mut body, size);
            self.line();
            if size == 0 {
                return (status, body);
            }
        }
    }

    fn read(&mut self, body: &mut Vec<u8>, count: usize) {
        let begin = body.len();
        body.resize(begin + count, 0);
        self.reader.read_exact(body.get_mut(begin..).unwrap_or_default()).expect("a body");
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.reader.read_line(&mut line).expect("a line");
        line
    }
}

/// Asks over so many connections for so long. `ask` is given an arbitrary number, another one each time.
///
/// # Panics
/// When an answer is not 200, or has a body of less than `bytes_min`.
pub fn hammer(host: &str, connections: u32, time: Duration, bytes_min: usize, ask: &(dyn Fn(u64) -> Ask + Sync)) -> Figures {
    let started = Instant::now();
    let times = std::thread::scope(|scope| {
        let connection = |number: u32| {
            let mut connection = Connection::open(host);
            let (mut times, mut turn) = (Vec::new(), u64::from(number));
            while started.elapsed() < time {
                turn = turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let ask = ask(turn >> 33);
                let begun = Instant::now();
                let (status, body) = connection.ask(&ask);
                times.push(begun.elapsed());
                assert!(status == 200 && body.len() >= bytes_min, "{status}, {} bytes: {ask:?}", body.len());
            }
            times
        };
        let threads: Vec<_> = (0..connections).map(|number| scope.spawn(move || connection(number))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a connection that ends")).collect()
    });
    Figures::of(times, started.elapsed())
}
