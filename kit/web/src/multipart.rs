//! Forms with files.

use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Request};

use crate::form::{Fields, FormProblem, is_length_error};

/// How much a form with files may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadLimits {
    /// Bytes of one file.
    pub file_bytes_max: usize,
    /// Files.
    pub files_max: usize,
    /// Bytes of one field without file.
    pub field_bytes_max: usize,
    /// Fields without file.
    pub fields_max: usize,
}

impl Default for UploadLimits {
    fn default() -> Self {
        Self { file_bytes_max: 20 * 1024 * 1024, files_max: 10, field_bytes_max: 64 * 1024, fields_max: 200 }
    }
}

/// A form with files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upload {
    /// Fields without file.
    pub fields: Fields,
    /// The files; controls left empty are not among them.
    pub files: Vec<UploadedFile>,
}

/// A file as sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadedFile {
    /// Name of the control.
    pub field: String,
    /// Name of the file, without folders. It is what a person typed: never a path of ours.
    pub name: String,
    /// Content. Its type is for the reader to find out; what the browser claims is not kept.
    pub bytes: Vec<u8>,
}

/// Reads a form with files.
///
/// # Errors
/// [`FormProblem`].
pub async fn read_upload(request: Request, limits: UploadLimits) -> Result<Upload, FormProblem> {
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| FormProblem::NoForm)?;
    let mut upload = Upload::default();
    while let Some(part) = parts.next_field().await.map_err(|error| problem(&error))? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(file_name) {
            Some(file) => {
                let bytes = read_part(part, limits.file_bytes_max).await?;
                if file.is_empty() && bytes.is_empty() {
                    continue;
                }
                upload.files.push(UploadedFile { field: name, name: file, bytes });
            }
            None => {
                let bytes = read_part(part, limits.field_bytes_max).await?;
                upload.fields.0.push((name, String::from_utf8(bytes).map_err(|_| FormProblem::NoForm)?));
            }
        }
        if upload.files.len() > limits.files_max || upload.fields.0.len() > limits.fields_max {
            return Err(FormProblem::TooLarge);
        }
    }
    Ok(upload)
}

async fn read_part(mut part: Field<'_>, bytes_max: usize) -> Result<Vec<u8>, FormProblem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| problem(&error))? {
        if bytes.len().saturating_add(chunk.len()) > bytes_max {
            return Err(FormProblem::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn problem(error: &axum::extract::multipart::MultipartError) -> FormProblem {
    if is_length_error(error) || error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { FormProblem::TooLarge } else { FormProblem::Broken }
}

/// The last part of what the browser calls the file, without control characters.
fn file_name(claimed: &str) -> String {
    let last = claimed.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(200).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use axum::body::Body;

    use super::*;

    fn request(body: &str) -> Request {
        Request::builder().header("content-type", "multipart/form-data; boundary=B").body(Body::from(body.replace('\n', "\r\n"))).unwrap()
    }

    const FORM: &str = concat!(
        "--B\nContent-Disposition: form-data; name=\"_csrf\"\n\nt\n",
        "--B\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\\\photos\\\\门头.jpg\"\nContent-Type: text/html\n\nabc\n",
        "--B\nContent-Disposition: form-data; name=\"more\"; filename=\"\"\n\n\n--B--\n",
    );

    #[tokio::test]
    async fn files_come_without_folders_and_empty_controls_not_at_all() {
        let upload = read_upload(request(FORM), UploadLimits::default()).await.unwrap();
        assert_eq!(upload.fields.get("_csrf"), Some("t"));
        assert_eq!(upload.files, [UploadedFile { field: "file".into(), name: "门头.jpg".into(), bytes: b"abc".to_vec() }]);
    }

    #[tokio::test]
    async fn limits_hold() {
        let small = UploadLimits { file_bytes_max: 2, ..UploadLimits::default() };
        assert_eq!(read_upload(request(FORM), small).await, Err(FormProblem::TooLarge));
        let none = UploadLimits { files_max: 0, ..UploadLimits::default() };
        assert_eq!(read_upload(request(FORM), none).await, Err(FormProblem::TooLarge));
        assert_eq!(read_upload(request(&FORM[..90]), UploadLimits::default()).await, Err(FormProblem::Broken));
        let plain = Request::builder().body(Body::from("a=1")).unwrap();
        assert_eq!(read_upload(plain, UploadLimits::default()).await, Err(FormProblem::NoForm));
    }
}
