//! Writes the gallery in all skins and languages into a folder, with its assets, to look at in a browser:
//! `cargo run -p ui --example gallery -- FOLDER`, then serve the folder with any static file server.
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use i18n::Lang;
use ui::layout::{Page, ProblemKind, Skin, problem};
use ui::{assets, gallery};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "gallery".to_owned()));
    for path in assets::paths() {
        if let Some(asset) = assets::get(path) {
            write(&folder, &format!("assets/{path}"), asset.bytes)?;
            write(&folder, assets::asset_url(path).trim_start_matches('/'), asset.bytes)?;
        }
    }
    for lang in Lang::ALL {
        for skin in Skin::ALL {
            let name = |page: &str| format!("{page}-{}-{}.html", skin.code(), lang.code());
            write(&folder, &name("gallery"), gallery::gallery(lang, skin).0.as_bytes())?;
            write(&folder, &name("form"), gallery::sample_form(lang, skin).0.as_bytes())?;
            write(&folder, &name("home"), gallery::sample_home(lang, skin).0.as_bytes())?;
        }
        let site = gallery::sample_site();
        let page = problem(&Page::new(&site, lang, ""), ProblemKind::NotFound, "req-1");
        write(&folder, &format!("problem-{}.html", lang.code()), page.0.as_bytes())?;
    }
    Ok(())
}

fn write(folder: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    let path = folder.join(path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, bytes)
}
