//! `/workspace/data/{id}/files`: uploading.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, PageError, StaffMember, UploadForm, see_other_with, status_of};
use i18n::Text;
use opendata::{DataField, NewResource, PutResource};
use runner::{Halt, Refusal};
use tables::guess;

use super::dataset::page;
use super::parts::load;
use crate::typed::Typed;

const FILE_BYTES_MAX: u64 = 24 * 1024 * 1024;

/// `POST /workspace/data/{id}/files`: a file, or another in place of the one with the same name.
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    form: UploadForm,
) -> Result<Response, PageError> {
    let prepared = load(&app, &visitor, &id).await?;
    let dataset = prepared.dataset.clone();
    let name = form.text("name").to_owned();
    let put = match form.files.into_iter().next() {
        Some(file) => {
            let format = file.name.rsplit('.').next().unwrap_or_default().to_uppercase();
            let named = if name.is_empty() { dataset.metadata.title.clone() } else { Text::same(name.as_str()) };
            let replaces = dataset
                .resources
                .iter()
                .find(|known| known.name == named && known.format.eq_ignore_ascii_case(&format))
                .map(|known| known.id.clone());
            let lists = [form.fields.text("quasi"), form.fields.text("counts"), form.fields.text("public_by")].map(str::to_owned);
            match fields(&format, &file.bytes, &lists) {
                Err(refusal) => Err(PageError::Refused(Box::new(refusal))),
                Ok(fields) => {
                    let (blobs, size_bytes) = (app.blobs.clone(), u64::try_from(file.bytes.len()).unwrap_or(u64::MAX));
                    let blob = app.blocking(move || blobs.put(&file.bytes, FILE_BYTES_MAX)).await.map_err(PageError::from)?;
                    let blob = Some(blob.map_err(Halt::fault)?);
                    let resource = NewResource { name: named, note: Text::default(), format, blob, url: String::new(), size_bytes, fields };
                    app.execute(&visitor, form.fields.key(), PutResource { dataset: dataset.id, replaces, resource, seen: None }).await.map(drop)
                }
            }
        }
        None => Err(PageError::Refused(Box::new(no_file()))),
    };
    match put {
        Ok(()) => Ok(see_other_with(&app, &format!("/workspace/data/{id}"), &Flash::success("文件已上传。", "The file was uploaded."))),
        Err(error) => {
            let refusal = crate::pages::shown(error)?;
            let mut typed = Typed::default();
            typed.set("name", name);
            let typed = typed.refuse(visitor.lang, &refusal, |_| "upload");
            let prepared = load(&app, &visitor, &id).await?;
            Ok((status_of(&refusal), page(&app, &visitor, &prepared, &typed)).into_response())
        }
    }
}

/// The columns of a CSV, with what was said of them.
fn fields(format: &str, bytes: &[u8], lists: &[String; 3]) -> Result<Vec<DataField>, Refusal> {
    if format != "CSV" {
        return Ok(Vec::new());
    }
    let [quasi, counts, public_by] = lists;
    let named = |list: &str, name: &str| list.split([',', '，', '、']).any(|one| one.trim() == name);
    let guessed = guess(bytes).map_err(|error| unreadable(&error.to_string()))?;
    let field = |field: tables::Field| DataField {
        quasi: named(quasi, &field.name),
        counts: named(counts, &field.name),
        public_by: public_by.clone(),
        ..DataField::plain(field)
    };
    Ok(guessed.into_iter().map(field).collect())
}

fn no_file() -> Refusal {
    Refusal::new("file-missing", "没有选择文件。", "No file was chosen.", "请选择要上传的文件。", "Choose the file to upload.")
}

fn unreadable(said: &str) -> Refusal {
    Refusal::new(
        "file-unreadable",
        format!("文件读不出来（{said}）。"),
        format!("The file cannot be read ({said})."),
        "请用 UTF-8 编码、首行为字段名的 CSV 重新上传。",
        "Upload a CSV in UTF-8 whose first line names the fields.",
    )
}
