use i18n::Lang;
use maud::{Markup, Render, html};

use crate::components::field::field_setters;
use crate::components::i18n_attributes::text_attribute;
use crate::components::{CountText, Field};
use crate::html::{Attributes, Content, Tag};
use crate::words;

/// The words of the drop zone; the script's own English words are used where empty.
#[derive(Debug, Clone, Default)]
pub struct FileUploadTexts {
    /// On the button.
    pub choose_files: String,
    /// Before a file is chosen.
    pub no_file_chosen: String,
    /// After several were chosen.
    pub multiple_files_chosen: Option<CountText>,
    /// How to drop.
    pub drop_instruction: String,
    /// Said when a file enters the zone.
    pub entered_drop_zone: String,
    /// Said when a file leaves the zone.
    pub left_drop_zone: String,
}

impl FileUploadTexts {
    /// The texts of a language.
    pub fn of(lang: Lang) -> FileUploadTexts {
        match lang {
            Lang::En => FileUploadTexts::default(),
            Lang::ZhHans => FileUploadTexts {
                choose_files: "选择文件".to_owned(),
                no_file_chosen: "尚未选择文件".to_owned(),
                multiple_files_chosen: Some(CountText::other("已选择 %{count} 个文件")),
                drop_instruction: "或把文件拖到这里".to_owned(),
                entered_drop_zone: "已进入拖放区".to_owned(),
                left_drop_zone: "已离开拖放区".to_owned(),
            },
        }
    }

    fn attributes(&self) -> Attributes {
        text_attribute(&self.choose_files, "data-i18n.choose-files-button")
            .join(&text_attribute(&self.no_file_chosen, "data-i18n.no-file-chosen"))
            .join(&CountText::attributes(
                self.multiple_files_chosen.as_ref(),
                "data-i18n.multiple-files-chosen.one",
                "data-i18n.multiple-files-chosen.other",
            ))
            .join(&text_attribute(&self.drop_instruction, "data-i18n.drop-instruction"))
            .join(&text_attribute(&self.entered_drop_zone, "data-i18n.entered-drop-zone"))
            .join(&text_attribute(&self.left_drop_zone, "data-i18n.left-drop-zone"))
    }
}

/// A file to send.
#[derive(Debug, Clone, Default)]
pub struct FileUpload {
    /// Name, label, hint, error.
    pub field: Field,
    /// Whether several files may be chosen.
    pub multiple: bool,
    /// Whether script turns it into a drop zone.
    pub has_drop_zone: bool,
    /// The words of the drop zone.
    pub texts: FileUploadTexts,
    /// Extra classes of the drop zone.
    pub wrapper_classes: String,
    /// Extra attributes of the drop zone.
    pub wrapper_attributes: Attributes,
}

impl FileUpload {
    /// A file upload with a name and a label, as a drop zone where script runs.
    pub fn new(lang: Lang, name: impl Into<String>, label: impl Into<Content>) -> FileUpload {
        FileUpload { field: Field::new(name, label), has_drop_zone: true, texts: FileUploadTexts::of(lang), ..FileUpload::default() }
    }

    /// States the accepted extensions (`pdf`, `jpg`) and the largest size; script warns before a file that breaks them is sent.
    pub fn limits(mut self, lang: Lang, extensions: &[String], size_max_bytes: u64) -> FileUpload {
        let accept = extensions.iter().map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(",");
        let too_large = words::FILE_TOO_LARGE.get(lang).replace("%{size}", &i18n::size(size_max_bytes));
        let wrong_type = words::FILE_WRONG_TYPE.get(lang).replace("%{types}", &extensions.join(", "));
        self.field.attributes = Attributes::none()
            .with("accept", accept)
            .with("data-size-max-bytes", size_max_bytes.to_string())
            .with("data-too-large", too_large)
            .with("data-wrong-type", wrong_type)
            .join(&self.field.attributes);
        self
    }

    /// Allows several files.
    pub fn multiple(mut self) -> FileUpload {
        self.multiple = true;
        self
    }
}

field_setters!(FileUpload);

impl Render for FileUpload {
    fn render(&self) -> Markup {
        let input = Tag::new("input")
            .class(&["govuk-file-upload", &self.field.classes, self.field.error_class("govuk-file-upload--error")])
            .attr("id", self.field.control_id())
            .attr("name", &self.field.name)
            .attr("type", "file")
            .flag("disabled", self.field.disabled)
            .flag("multiple", self.multiple)
            .some("aria-describedby", &self.field.described_by_ids())
            .attrs(&self.field.attributes)
            .void();
        let control = if self.has_drop_zone {
            Tag::new("div")
                .class(&["govuk-file-upload-wrapper", &self.wrapper_classes])
                .attr("data-module", "govuk-file-upload")
                .attrs(&self.texts.attributes())
                .attrs(&self.wrapper_attributes)
                .wrap(input)
        } else {
            input
        };
        self.field.group(html! { (self.field.form_group.before) (control) (self.field.form_group.after) })
    }
}
