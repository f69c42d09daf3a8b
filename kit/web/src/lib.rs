#![doc = include_str!("../README.md")]

pub mod assets;
mod client;
mod conditional;
mod cookies;
mod csrf;
mod edge;
mod form;
mod headers;
mod local_path;
mod multipart;
mod problem;
mod rate;
mod serve;

pub use client::{AddressRange, BadAddressRange, ClientAddress, ClientSource};
pub use conditional::{answer_with_etag, matches_etag};
pub use cookies::{SetCookie, cookie};
pub use csrf::{FormKey, is_cross_site};
pub use edge::{Limits, Nonce, RequestId, inner, outer};
pub use form::{Fields, FormProblem, read_form};
pub use headers::{content_security_policy, set_security_headers};
pub use local_path::{local_path, percent_encoded};
pub use multipart::{Upload, UploadLimits, UploadedFile, read_upload};
pub use problem::{Problem, ProblemField};
pub use rate::{Allowance, RateLimiter};
pub use serve::{ServeError, serve};
