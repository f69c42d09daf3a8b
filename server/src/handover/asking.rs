//! Asking through the connector.

use std::collections::BTreeMap;
use std::time::Duration;

use exchange::{Code, FieldType, Retry, ServiceId, SubsystemId, header};
use reqwest::{Client, RequestBuilder};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::node::StartError;

const TIME_MAX: Duration = Duration::from_secs(120);
/// Pauses double from a second up to this.
const PAUSE_MAX: Duration = Duration::from_secs(30);
/// Tries of one call; together a quarter of an hour.
const TRIES_MAX: u32 = 34;

/// The connector of a node, spoken to in the name of one subsystem.
pub struct Connector {
    runtime: Runtime,
    client: Client,
    url: String,
    subsystem: SubsystemId,
}

/// What a call came to.
enum Ended {
    Answered(Value),
    /// It may succeed later: why, in words.
    Later(String),
    Refused(Code, String),
}

impl Connector {
    /// A connector at an address (`http://127.0.0.1:8095`).
    ///
    /// # Errors
    /// When no client can be made.
    pub fn new(url: &str, subsystem: SubsystemId) -> Result<Self, StartError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let client = Client::builder().timeout(TIME_MAX).no_proxy().build()?;
        Ok(Self { runtime, client, url: url.trim_end_matches('/').to_owned(), subsystem })
    }

    /// Asks an endpoint of a service, again and again while it helps to wait.
    ///
    /// # Errors
    /// The refusal with its next step; that nobody answered.
    pub fn ask(&self, service: &ServiceId, endpoint: &str, body: &Value) -> Result<Value, StartError> {
        let (url, text) = (format!("{}/r1/{service}/{endpoint}", self.url), body.to_string());
        self.patiently(|| self.client.post(&url).body(text.clone()))
    }

    /// The fields of a service, with their types.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub fn fields(&self, service: &ServiceId) -> Result<BTreeMap<String, FieldType>, StartError> {
        let url = format!("{}/r1/{}/getOpenAPI?serviceCode={}", self.url, service.subsystem(), service.code());
        let described = self.patiently(|| self.client.get(&url))?;
        let properties = described.pointer("/components/schemas/Record/properties").and_then(Value::as_object);
        let properties = properties.ok_or("the service does not say which fields it has")?;
        Ok(properties.iter().map(|(name, schema)| (name.clone(), FieldType::of_schema(schema))).collect())
    }

    fn patiently(&self, request: impl Fn() -> RequestBuilder) -> Result<Value, StartError> {
        let mut pause = Duration::from_secs(1);
        for tried in 1..=TRIES_MAX {
            match self.once(request()) {
                Ended::Answered(body) => return Ok(body),
                Ended::Refused(code, words) => return Err(format!("{} ({words})", code.as_str()).into()),
                Ended::Later(why) if tried == TRIES_MAX => return Err(why.into()),
                Ended::Later(why) => {
                    println!("{why}");
                    std::thread::sleep(pause);
                    pause = pause.saturating_mul(2).min(PAUSE_MAX);
                }
            }
        }
        unreachable!("the last try returns")
    }

    fn once(&self, request: RequestBuilder) -> Ended {
        let request = request.header(header::CLIENT, self.subsystem.to_string());
        let answered = self.runtime.block_on(async {
            let answer = request.send().await?;
            Ok::<_, reqwest::Error>((answer.status().is_success(), answer.bytes().await?))
        });
        let (is_success, bytes) = match answered {
            Ok(answered) => answered,
            Err(fault) => return Ended::Later(format!("连接器没有答复，稍后重试。 The connector does not answer; trying again later. ({fault})")),
        };
        let Ok(body) = serde_json::from_slice::<Value>(&bytes) else {
            return Ended::Later("连接器的答复不完整，稍后重试。 The answer is not whole; trying again later.".to_owned());
        };
        if is_success {
            return Ended::Answered(body);
        }
        let code = body["code"].as_str().and_then(Code::parse).unwrap_or(Code::Internal);
        let refusal = code.refusal();
        let words = format!("{} {} {} {}", refusal.sentence.zh, refusal.next_step.zh, refusal.sentence.en, refusal.next_step.en);
        if code.retry() == Retry::Later { Ended::Later(format!("{}: {words}", code.as_str())) } else { Ended::Refused(code, words) }
    }
}
