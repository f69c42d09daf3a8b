//! The interface about itself.

use std::sync::Arc;

use axum::Extension;
use axum::extract::Request;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use i18n::Lang;

use crate::registry::{Api, Operation, Tag, document};
use crate::ring::lang_of;

/// All operations, with the document of each language made once.
#[derive(Clone)]
pub(crate) struct Described(Arc<Inner>);

struct Inner {
    operations: Vec<Operation>,
    zh: String,
    en: String,
}

impl Described {
    pub(crate) fn new(operations: Vec<Operation>) -> Self {
        let text = |lang| serde_json::to_string(&document(&operations, lang)).unwrap_or_default();
        Self(Arc::new(Inner { zh: text(Lang::ZhHans), en: text(Lang::En), operations }))
    }

    pub(crate) fn operations(&self) -> &[Operation] {
        &self.0.operations
    }

    pub(crate) fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::ZhHans => &self.0.zh,
            Lang::En => &self.0.en,
        }
    }
}

pub(super) fn routes(api: Api) -> Api {
    api.on(
        Operation::get("/openapi.json", "getOpenApi")
            .is(Tag::Interface, "package.read", "接口说明（OpenAPI 3.1）", "This interface, as OpenAPI 3.1")
            .note("说明文字的语言随 Accept-Language。", "Its words are in the language of Accept-Language.")
            .public()
            .content("application/json"),
        openapi,
    )
}

async fn openapi(Extension(described): Extension<Described>, request: Request) -> Response {
    let text = described.text(lang_of(request.headers())).to_owned();
    ([(header::CONTENT_TYPE, "application/json"), (header::VARY, "accept-language")], text).into_response()
}
