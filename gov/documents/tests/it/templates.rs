use documents::{DocumentKind, Renderer, samples};
use typeset::{FontSet, Typesetter};

pub fn renderer() -> Renderer {
    Renderer::new(Typesetter::new(FontSet::built_in().unwrap()), "https://yunxi.example.invalid/")
}

#[test]
fn templates_of_shipped_packages_render() {
    let renderer = renderer();
    let packages = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packages");
    for package in std::fs::read_dir(packages).into_iter().flatten() {
        let folder = package.unwrap().path().join("documents");
        for template in std::fs::read_dir(folder).into_iter().flatten() {
            let path = template.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let sample = samples::draft(DocumentKind::Certificate);
            let pdf = renderer.check_template(&text, &sample).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            assert_eq!((pdf.page_count, pdf.warnings.len()), (1, 0), "{}", path.display());
            keep(&format!("package-{}", path.file_stem().unwrap().to_string_lossy()), &pdf.bytes);
        }
    }
}

#[test]
fn a_broken_template_is_refused_with_its_line() {
    let sample = samples::draft(DocumentKind::Certificate);
    let error = renderer().check_template("#import \"/zs.typ\": *\n\n#data.certificate.colour\n", &sample).unwrap_err();
    assert!(error.to_string().contains("/main.typ:3:"), "{error}");
}

/// What a person reads on the page, without layout: the words between the template's own and the data.
#[test]
fn the_words_of_a_rejection_are_those_of_the_law() {
    let pdf = renderer().render(&samples::draft(DocumentKind::Rejection)).unwrap();
    let text = lopdf::Document::load_mem(&pdf.bytes).unwrap().extract_text(&[1]).unwrap();
    let text = text.split_whitespace().collect::<String>();
    insta::assert_snapshot!(text);
}

#[test]
fn long_letters_never_leave_the_seal_alone() {
    let renderer = renderer();
    for count in 1..=12 {
        let mut draft = samples::draft(DocumentKind::Rejection);
        let reasons = vec![
            "经现场核查，操作间与卫生间相邻且未设置有效隔断，不符合食品经营场所的卫生要求".to_owned();
            count
        ];
        let documents::Content::Rejection { reasons: old, .. } = &mut draft.content else { panic!("a rejection") };
        *old = reasons;
        let pdf = renderer.render(&draft).unwrap();
        let last = u32::try_from(pdf.page_count).unwrap();
        let text = lopdf::Document::load_mem(&pdf.bytes).unwrap().extract_text(&[last]).unwrap().split_whitespace().collect::<String>();
        assert!(text.contains("行政复议"), "{count} reasons, page {last}: {text}");
        keep(&format!("long-{count}"), &pdf.bytes);
    }
}

fn keep(name: &str, bytes: &[u8]) {
    if let Ok(folder) = std::env::var("KEEP_PDF") {
        std::fs::write(format!("{folder}/{name}.pdf"), bytes).unwrap();
    }
}

#[test]
fn every_template_renders_on_its_sample() {
    let renderer = renderer();
    for kind in DocumentKind::ALL {
        let pdf = renderer.render(&samples::draft(kind)).unwrap_or_else(|e| panic!("{}: {e}", kind.as_str()));
        assert!(pdf.warnings.is_empty(), "{}: {:?}", kind.as_str(), pdf.warnings);
        keep(kind.as_str(), &pdf.bytes);
    }
}
