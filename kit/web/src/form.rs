//! Forms as browsers send them. A field may come several times.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};

const FIELDS_MAX: usize = 1_000;

/// The fields of a form, in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

/// Why a form cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormProblem {
    /// More bytes or fields than allowed.
    #[error("expected a smaller form")]
    TooLarge,
    /// Another type of content, or no UTF-8.
    #[error("expected a form")]
    NoForm,
    /// The connection broke.
    #[error("expected the whole form, but the connection ended")]
    Broken,
}

impl FormProblem {
    /// The HTTP status.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoForm | Self::Broken => StatusCode::BAD_REQUEST,
        }
    }
}

impl Fields {
    /// Reads `a=1&b=2`.
    ///
    /// # Errors
    /// [`FormProblem`] for no UTF-8 or too many fields.
    pub fn parse(body: &[u8]) -> Result<Self, FormProblem> {
        if std::str::from_utf8(body).is_err() {
            return Err(FormProblem::NoForm);
        }
        let fields: Vec<(String, String)> = url::form_urlencoded::parse(body).into_owned().take(FIELDS_MAX + 1).collect();
        if fields.len() > FIELDS_MAX { Err(FormProblem::TooLarge) } else { Ok(Self(fields)) }
    }

    /// The first value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The first value of a field without outer spaces; empty when it is missing.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default().trim()
    }

    /// All values of a field.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Whether the field was sent.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// Whether the request carries a form without files.
pub(crate) fn is_plain_form(headers: &axum::http::HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

/// Reads a form without files.
///
/// # Errors
/// [`FormProblem`].
pub async fn read_form(request: Request, bytes_max: usize) -> Result<Fields, FormProblem> {
    if !is_plain_form(request.headers()) {
        return Err(FormProblem::NoForm);
    }
    Fields::parse(&read_bytes(request.into_body(), bytes_max).await?)
}

pub(crate) async fn read_bytes(body: Body, bytes_max: usize) -> Result<axum::body::Bytes, FormProblem> {
    to_bytes(body, bytes_max).await.map_err(|error| if is_length_error(&error) { FormProblem::TooLarge } else { FormProblem::Broken })
}

/// Whether the body ended because it was longer than allowed.
pub(crate) fn is_length_error(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn repeated_fields_keep_their_order() {
        let fields = Fields::parse("a=1&b=+x+&a=%E5%A5%B6&c".as_bytes()).unwrap();
        assert_eq!(fields.all("a"), ["1", "奶"]);
        assert_eq!((fields.get("b"), fields.text("b"), fields.text("d")), (Some(" x "), "x", ""));
        assert!(fields.has("c") && !fields.has("d"));
        assert_eq!(Fields::parse(&[0xff]), Err(FormProblem::NoForm));
        assert_eq!(Fields::parse("a&".repeat(1_001).as_bytes()), Err(FormProblem::TooLarge));
    }

    #[tokio::test]
    async fn a_long_form_and_a_wrong_type_are_refused() {
        let request = |kind: &str, body: &str| Request::builder().header("content-type", kind).body(Body::from(body.to_owned())).unwrap();
        let form = "application/x-www-form-urlencoded; charset=UTF-8";
        assert_eq!(read_form(request(form, "a=1"), 3).await, Ok(Fields(vec![("a".into(), "1".into())])));
        assert_eq!(read_form(request(form, "a=12"), 3).await, Err(FormProblem::TooLarge));
        assert_eq!(read_form(request("application/json", "{}"), 9).await, Err(FormProblem::NoForm));
    }
}
