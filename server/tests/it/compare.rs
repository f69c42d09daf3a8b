//! `compare` on files, as an operator calls it.

use zhengshu::compare::{Wanted, compare};

use crate::folder::place;

#[test]
fn two_files_are_compared_by_key_and_rows_are_named_without_their_contents() {
    let folder = tempfile::tempdir().unwrap();
    let (left, right) = (folder.path().join("left.csv"), folder.path().join("right.json"));
    std::fs::write(&left, "id_number,name\n1,林晓禾\n2,周敏\n").unwrap();
    std::fs::write(&right, r#"[{"号码":"1","name":"林晓禾"},{"号码":"3","name":"高建军"}]"#).unwrap();
    let (key, fields) = (["id_number=号码".to_owned()], ["name".to_owned()]);
    let wanted = Wanted { left: left.to_str().unwrap(), right: right.to_str().unwrap(), key: &key, fields: &fields, shown: 20 };
    let (report, same) = compare(&place(folder.path()), &wanted).unwrap();
    assert!(!same);
    for line in ["一致 same: 1", "只在甲方 Only in the first source: 1", "Only in the second source\t-\t2\t", "Only in the first source\t3\t-\t"]
    {
        assert!(report.contains(line), "{line}: {report}");
    }
    assert!(!report.contains("周敏") && !report.contains("高建军"), "{report}");
    let same = Wanted { right: left.to_str().unwrap(), key: &["id_number".to_owned()], ..wanted };
    assert!(compare(&place(folder.path()), &same).unwrap().1);
    let wrong = compare(&place(folder.path()), &Wanted { key: &["none".to_owned()], ..same }).unwrap_err().to_string();
    assert!(wrong.contains("没有名为“none”的列") && wrong.contains("There is no column none"), "{wrong}");
    let missing = Wanted { left: "register:addresses", right: left.to_str().unwrap(), key: &key, fields: &[], shown: 1 };
    assert!(compare(&place(&folder.path().join("nothing")), &missing).unwrap_err().to_string().contains("holds no node yet"));
}
