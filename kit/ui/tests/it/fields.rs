//! Fixture options → our form controls with one label.
use maud::Render;
use serde_json::Value;
use ui::{
    Affix, CharacterCount, CharacterCountTexts, CountUnit, FileUpload, FileUploadTexts, Input, PasswordInput, PasswordTexts, Select, SelectItem,
    Textarea,
};

use crate::options::*;

fn affix(options: &Value) -> Affix {
    Affix { content: content(options), classes: string(options, "classes"), attributes: attributes(options) }
}

pub fn input(o: &Value) -> String {
    Input {
        field: field(o),
        value: given(o, "value"),
        kind: string(o, "type"),
        inputmode: string(o, "inputmode"),
        autocomplete: string(o, "autocomplete"),
        autocapitalize: string(o, "autocapitalize"),
        pattern: string(o, "pattern"),
        spellcheck: boolean(o, "spellcheck"),
        prefix: affix(&o["prefix"]),
        suffix: affix(&o["suffix"]),
        wrapper_classes: string(&o["inputWrapper"], "classes"),
        wrapper_attributes: attributes(&o["inputWrapper"]),
    }
    .render()
    .0
}

pub fn textarea(o: &Value) -> String {
    Textarea {
        field: field(o),
        value: string(o, "value"),
        rows: number(o, "rows").unwrap_or(0),
        spellcheck: boolean(o, "spellcheck"),
        autocomplete: string(o, "autocomplete"),
    }
    .render()
    .0
}

pub fn select(o: &Value) -> String {
    let items = items(o, "items").into_iter().map(|item| SelectItem {
        // `false` is a value here: Nunjucks writes it out.
        value: if item["value"] == Value::Bool(false) { Some("false".to_owned()) } else { given(item, "value") },
        text: string(item, "text"),
        selected: boolean(item, "selected"),
        disabled: is_true(item, "disabled"),
        attributes: attributes(item),
    });
    Select { field: field(o), items: items.collect(), value: string(o, "value") }.render().0
}

pub fn character_count(o: &Value) -> String {
    CharacterCount {
        field: field(o),
        value: string(o, "value"),
        rows: number(o, "rows").unwrap_or(0),
        characters_max: number(o, "maxlength"),
        words_max: number(o, "maxwords"),
        unit: match string(o, "countType").as_str() {
            "words" => CountUnit::Words,
            "characters" => CountUnit::Characters,
            "length" => CountUnit::Utf16Units,
            _ => CountUnit::Unstated,
        },
        threshold_percent: number(o, "threshold"),
        spellcheck: boolean(o, "spellcheck"),
        texts: CharacterCountTexts {
            characters_under: count_text(o, "charactersUnderLimitText"),
            characters_at: string(o, "charactersAtLimitText"),
            characters_over: count_text(o, "charactersOverLimitText"),
            words_under: count_text(o, "wordsUnderLimitText"),
            words_at: string(o, "wordsAtLimitText"),
            words_over: count_text(o, "wordsOverLimitText"),
            description: string(o, "textareaDescriptionText"),
        },
        message_classes: string(&o["countMessage"], "classes"),
    }
    .render()
    .0
}

pub fn file_upload(o: &Value) -> String {
    FileUpload {
        field: field(o),
        multiple: is_true(o, "multiple"),
        has_drop_zone: is_true(o, "javascript"),
        texts: FileUploadTexts {
            choose_files: string(o, "chooseFilesButtonText"),
            no_file_chosen: string(o, "noFileChosenText"),
            multiple_files_chosen: count_text(o, "multipleFilesChosenText"),
            drop_instruction: string(o, "dropInstructionText"),
            entered_drop_zone: string(o, "enteredDropZoneText"),
            left_drop_zone: string(o, "leftDropZoneText"),
        },
        wrapper_classes: string(o, "wrapperClasses"),
        wrapper_attributes: attributes_of(o, "wrapperAttributes"),
    }
    .render()
    .0
}

pub fn password_input(o: &Value) -> String {
    PasswordInput {
        field: field(o),
        value: given(o, "value"),
        autocomplete: string(o, "autocomplete"),
        lang: i18n::Lang::En,
        texts: PasswordTexts {
            show: string(o, "showPasswordText"),
            hide: string(o, "hidePasswordText"),
            show_label: string(o, "showPasswordAriaLabelText"),
            hide_label: string(o, "hidePasswordAriaLabelText"),
            shown: string(o, "passwordShownAnnouncementText"),
            hidden: string(o, "passwordHiddenAnnouncementText"),
        },
    }
    .render()
    .0
}
