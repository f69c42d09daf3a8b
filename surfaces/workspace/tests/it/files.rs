//! Files of a case, served without any right of a page.

use crate::town::{PNG, Town};

#[test]
fn a_material_is_shown_in_place_to_whoever_handles_the_case_alone() {
    let town = Town::new();
    let case = town.tea_shop().case;
    let file = town.view(&case).materials.iter().find(|file| file.extension == "jpg").unwrap().clone();
    let path = format!("/workspace/cases/{case}/materials/{}", file.id);
    let mut clerk = town.desk("suwanqing");
    let page = town.get(&mut clerk, &format!("/workspace/tasks/{}", town.task(&case, "accept")));
    assert!(page.text().contains(&format!("src=\"{path}\"")) && page.header("content-security-policy").contains("object-src 'self'"));
    assert!(!page.text().contains("<1>"), "file names are escaped");
    let answer = town.get(&mut clerk, &path);
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "image/jpeg"));
    assert_eq!(answer.bytes, PNG);
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(answer.header("content-security-policy").ends_with("sandbox"));
    assert_eq!(answer.header("x-frame-options"), "SAMEORIGIN");
    assert!(
        answer.header("content-disposition").starts_with("inline; filename*=UTF-8''") && answer.header("content-disposition").contains("%3C1%3E")
    );
    let mut stranger = town.desk("dengxiulan");
    assert_eq!(town.get(&mut stranger, &path).status, 404);
    assert_eq!(town.get(&mut clerk, &format!("/workspace/cases/{case}/materials/material_0")).status, 404);
}

#[test]
fn documents_are_listed_while_they_are_being_made() {
    let town = Town::new();
    let case = town.tea_shop_at("review").case;
    let mut reviewer = town.desk("hansonglin");
    let page = town.get(&mut reviewer, &format!("/workspace/tasks/{}", town.task(&case, "review")));
    assert!(page.text().contains("受理通知书") && page.text().contains("制作中"));
    let document = town.world.store().read(|tx| documents::queries::documents_of_case(tx, &case)).unwrap().remove(0);
    assert_eq!(town.get(&mut reviewer, &format!("/workspace/cases/{case}/documents/{}", document.id)).status, 404, "there is no file yet");
}
