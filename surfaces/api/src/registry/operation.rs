//! The description of one operation.

use axum::http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, ToSchema};

/// Named schemas, as they are collected.
pub(crate) type Schemas = Vec<(String, RefOr<Schema>)>;

/// What an operation is about; the sections of the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Tag {
    Items,
    Sessions,
    Accounts,
    Drafts,
    Cases,
    Tasks,
    Documents,
    Parties,
    Catalogue,
    Sharing,
    Registers,
    Public,
    Operation,
    Journal,
    Interface,
}

impl Tag {
    pub(crate) const ALL: [Self; 15] = [
        Self::Items,
        Self::Sessions,
        Self::Accounts,
        Self::Drafts,
        Self::Cases,
        Self::Tasks,
        Self::Documents,
        Self::Parties,
        Self::Catalogue,
        Self::Sharing,
        Self::Registers,
        Self::Public,
        Self::Operation,
        Self::Journal,
        Self::Interface,
    ];

    /// Code, Chinese and English name.
    pub(crate) const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Items => ("items", "事项", "Service items"),
            Self::Sessions => ("sessions", "登录", "Sessions"),
            Self::Accounts => ("accounts", "账号", "Accounts"),
            Self::Drafts => ("drafts", "申请草稿和材料", "Drafts and materials"),
            Self::Cases => ("cases", "办件", "Cases"),
            Self::Tasks => ("tasks", "任务和办理", "Tasks and handling"),
            Self::Documents => ("documents", "文书和证照", "Documents and certificates"),
            Self::Parties => ("parties", "机构、授权和消息", "Organs, authorisations, messages"),
            Self::Catalogue => ("catalogue", "信息资源目录", "The data catalogue"),
            Self::Sharing => ("sharing", "数据共享", "Sharing of data"),
            Self::Registers => ("registers", "基础信息库", "Base registers"),
            Self::Public => ("public", "公开查询", "Public queries"),
            Self::Operation => ("operation", "运行管理", "Operation"),
            Self::Journal => ("journal", "存证日志", "The journal"),
            Self::Interface => ("interface", "接口说明", "The interface itself"),
        }
    }
}

/// A body of a request.
#[derive(Clone)]
pub(crate) struct BodySpec {
    /// Types of content.
    pub(crate) kinds: &'static [&'static str],
    /// Name of its schema; empty for files.
    pub(crate) schema: String,
    /// JSON, or what to send.
    pub(crate) example: &'static str,
    /// Whether it may be left out.
    pub(crate) optional: bool,
    /// Whether the example is what the handler reads.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests alone ask"))]
    pub(crate) check: fn(&str) -> Result<(), String>,
}

/// What comes back when all is well.
#[derive(Clone)]
pub(crate) enum Answer {
    /// Nothing.
    Empty,
    /// JSON of a schema, by name.
    Json(String),
    /// Something else, of this type.
    Content(&'static str),
}

/// One operation.
#[derive(Clone)]
pub(crate) struct Operation {
    pub(crate) method: Method,
    /// Below `/api/v1`.
    pub(crate) path: &'static str,
    /// Name for generated clients.
    pub(crate) id: &'static str,
    pub(crate) tag: Tag,
    /// The act of the registry of `trust` that it is.
    pub(crate) action: &'static str,
    pub(crate) title: (&'static str, &'static str),
    pub(crate) note: (&'static str, &'static str),
    /// Whether nobody needs to sign in.
    pub(crate) public: bool,
    /// Whether `If-Match` counts.
    pub(crate) conditional: bool,
    /// Whether `Idempotency-Key` counts.
    pub(crate) once: bool,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<BodySpec>,
    pub(crate) status: u16,
    pub(crate) answer: Answer,
    pub(crate) schemas: fn(&mut Schemas),
    pub(crate) body_schemas: fn(&mut Schemas),
}

impl Operation {
    const fn new(method: Method, path: &'static str, id: &'static str) -> Self {
        Self {
            method,
            path,
            id,
            tag: Tag::Interface,
            action: "",
            title: ("", ""),
            note: ("", ""),
            public: false,
            conditional: false,
            once: false,
            parameters: Vec::new(),
            body: None,
            status: 200,
            answer: Answer::Empty,
            schemas: |_| {},
            body_schemas: |_| {},
        }
    }

    pub(crate) const fn get(path: &'static str, id: &'static str) -> Self {
        Self::new(Method::GET, path, id)
    }

    pub(crate) const fn post(path: &'static str, id: &'static str) -> Self {
        Self::new(Method::POST, path, id)
    }

    pub(crate) const fn put(path: &'static str, id: &'static str) -> Self {
        Self::new(Method::PUT, path, id)
    }

    pub(crate) const fn patch(path: &'static str, id: &'static str) -> Self {
        Self::new(Method::PATCH, path, id)
    }

    pub(crate) const fn delete(path: &'static str, id: &'static str) -> Self {
        Self::new(Method::DELETE, path, id)
    }

    /// Section, act, and title in both languages.
    pub(crate) const fn is(mut self, tag: Tag, action: &'static str, zh: &'static str, en: &'static str) -> Self {
        (self.tag, self.action, self.title) = (tag, action, (zh, en));
        self
    }

    /// What one should know besides.
    pub(crate) const fn note(mut self, zh: &'static str, en: &'static str) -> Self {
        self.note = (zh, en);
        self
    }

    /// Nobody needs to sign in.
    pub(crate) const fn public(mut self) -> Self {
        self.public = true;
        self
    }

    /// `If-Match` with the version seen.
    pub(crate) const fn conditional(mut self) -> Self {
        self.conditional = true;
        self
    }

    /// `Idempotency-Key`.
    pub(crate) const fn once(mut self) -> Self {
        self.once = true;
        self
    }

    /// Parameters of the address.
    pub(crate) fn query<T: IntoParams>(mut self) -> Self {
        self.parameters = T::into_params(|| Some(ParameterIn::Query));
        self
    }

    /// A body of JSON with an example.
    pub(crate) fn body<T: ToSchema + DeserializeOwned>(mut self, example: &'static str) -> Self {
        let check = |text: &str| serde_json::from_str::<T>(text).map(drop).map_err(|error| error.to_string());
        let schema = T::name().into_owned();
        self.body = Some(BodySpec { kinds: &["application/json"], schema, example, optional: false, check });
        self.body_schemas = collect::<T>;
        self
    }

    /// A body that is a file, or a form with files.
    pub(crate) fn file(mut self, kinds: &'static [&'static str], example: &'static str) -> Self {
        self.body = Some(BodySpec { kinds, schema: String::new(), example, optional: false, check: |_| Ok(()) });
        self
    }

    /// The body may be left out.
    pub(crate) fn optional(mut self) -> Self {
        if let Some(body) = &mut self.body {
            body.optional = true;
        }
        self
    }

    /// JSON comes back.
    pub(crate) fn answers<T: ToSchema>(mut self) -> Self {
        self.answer = Answer::Json(T::name().into_owned());
        self.schemas = collect::<T>;
        self
    }

    /// JSON of a new thing comes back, with its address.
    pub(crate) fn creates<T: ToSchema>(self) -> Self {
        let mut made = self.answers::<T>();
        made.status = 201;
        made
    }

    /// Something else than JSON comes back.
    pub(crate) fn content(mut self, kind: &'static str) -> Self {
        self.answer = Answer::Content(kind);
        self
    }

    /// Nothing comes back.
    pub(crate) const fn empty(mut self) -> Self {
        self.status = 204;
        self
    }

    /// Names of the parameters in the path.
    pub(crate) fn path_parameters(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }

    /// The example of the body as JSON, where it is JSON.
    pub(crate) fn example(&self) -> Option<Value> {
        self.body.as_ref().and_then(|body| serde_json::from_str(body.example).ok())
    }
}

fn collect<T: ToSchema>(schemas: &mut Schemas) {
    schemas.push((T::name().into_owned(), T::schema()));
    T::schemas(schemas);
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_example_is_what_its_handler_reads() {
        let (_, operations) = crate::routes::api().into_parts();
        for operation in operations {
            if let Some(body) = operation.body.as_ref().filter(|body| !body.schema.is_empty()) {
                assert_eq!((body.check)(body.example), Ok(()), "{}", operation.id);
            }
        }
    }
}
