use documents::{DocumentKind, Renderer, samples};
use typeset::{FontSet, Typesetter};

pub fn renderer() -> Renderer {
    Renderer::new(Typesetter::new(FontSet::built_in().unwrap()), "https://yunxi.example.invalid/")
}

#[test]
fn every_template_renders_on_its_sample() {
    let renderer = renderer();
    for kind in DocumentKind::ALL {
        let pdf = renderer.render(&samples::draft(kind)).unwrap_or_else(|e| panic!("{}: {e}", kind.as_str()));
        assert!(pdf.warnings.is_empty(), "{}: {:?}", kind.as_str(), pdf.warnings);
        if let Ok(folder) = std::env::var("KEEP_PDF") {
            std::fs::write(format!("{folder}/{}.pdf", kind.as_str()), &pdf.bytes).unwrap();
        }
    }
}
