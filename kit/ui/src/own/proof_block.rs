use i18n::Lang;
use maud::{Markup, Render, html};

use crate::components::{Button, Details};
use crate::html::Content;
use crate::words;

/// What is known about a proof when the page is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ProofState {
    /// Script on the page will check it.
    #[default]
    Unchecked,
    /// The server checked it and it holds.
    Holds,
    /// The server checked it and it does not hold.
    Broken,
    /// The entry is not in a checkpoint yet.
    Pending,
}

impl ProofState {
    fn class(self) -> &'static str {
        match self {
            ProofState::Unchecked => "zs-proof",
            ProofState::Holds => "zs-proof zs-proof--holds",
            ProofState::Broken => "zs-proof zs-proof--broken",
            ProofState::Pending => "zs-proof zs-proof--pending",
        }
    }

    fn sentence(self, lang: Lang) -> &'static str {
        match self {
            ProofState::Unchecked => words::PROOF_UNCHECKED.get(lang),
            ProofState::Holds => words::PROOF_HOLDS.get(lang),
            ProofState::Broken => words::PROOF_BROKEN.get(lang),
            ProofState::Pending => words::PROOF_PENDING.get(lang),
        }
    }
}

/// The proof that a submission, status or decision stands in the log. Script with the module `zs-proof` reads the receipt from
/// the page, checks it and writes the outcome into the `output` element.
#[derive(Debug, Clone, Default)]
pub struct ProofBlock {
    /// Language of the words.
    pub lang: Lang,
    /// What is known already.
    pub state: ProofState,
    /// Entry, time, tree size and the like: label and value.
    pub facts: Vec<(String, String)>,
    /// The receipt as text, exactly what the verifier reads.
    pub receipt: String,
    /// Where the receipt is downloaded.
    pub download_href: String,
    /// Where anyone can check a receipt.
    pub verify_href: String,
}

impl Render for ProofBlock {
    fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            section class=(self.state.class()) aria-label=(words::PROOF_TITLE.get(lang)) data-module="zs-proof"
                data-holds=(ProofState::Holds.sentence(lang)) data-broken=(ProofState::Broken.sentence(lang)) {
                h2.govuk-heading-s { (words::PROOF_TITLE.get(lang)) }
                p.zs-proof__outcome { output.zs-proof__output { (self.state.sentence(lang)) } }
                dl.zs-proof__facts {
                    @for (label, value) in &self.facts { div { dt { (label) } dd { code { (value) } } } }
                }
                @if !self.receipt.is_empty() {
                    (Details::new(words::PROOF_RAW.get(lang), Content::Html(html! {
                        pre.zs-proof__receipt tabindex="0" data-receipt { (self.receipt) }
                    })))
                }
                @if !self.download_href.is_empty() || !self.verify_href.is_empty() {
                    div.govuk-button-group {
                        @if !self.download_href.is_empty() {
                            (Button::link(words::PROOF_DOWNLOAD.get(lang), self.download_href.as_str()).secondary())
                        }
                        @if !self.verify_href.is_empty() { a.govuk-link href=(self.verify_href) { (words::PROOF_HOW.get(lang)) } }
                    }
                }
            }
        }
    }
}
