//! 申请材料 and 收费.

use crate::check::report::Report;
use crate::codes::{ItemType, MaterialForm, MaterialNeed, MaterialSource, OnlineDepth};
use crate::item::{Item, Material};

/// Catch-all names that a service guide may not use (兜底条款).
const CATCH_ALL: [&str; 9] = ["其他材料", "其它材料", "其他相关材料", "相关材料", "有关材料", "规定的其他", "规定的其它", "要求的其他", "需要的其他"];

/// File types the platform can recognise.
const FILE_TYPES: [&str; 14] = ["pdf", "ofd", "jpg", "jpeg", "png", "heic", "doc", "docx", "xls", "xlsx", "dwg", "zip", "mp4", "txt"];

pub(crate) fn check(item: &Item, report: &mut Report<'_>) {
    for (index, material) in item.materials.iter().enumerate() {
        let at = format!("material[{index}]");
        let earlier = item.materials.iter().take(index);
        if earlier.clone().any(|other| other.id == material.id) {
            let (zh, en) = (format!("材料标识“{}”重复。", material.id), format!("The material id \"{}\" is used twice.", material.id));
            report.item(&format!("{at}.id"), "material-repeated", zh, en);
        } else if earlier.clone().any(|other| other.name.zh == material.name.zh && other.when == material.when) {
            let (zh, en) = (format!("材料“{}”列了两次。", material.name.zh), format!("The material \"{}\" is listed twice.", material.name.en));
            report.item(&format!("{at}.name"), "material-name-repeated", zh, en);
        }
        check_material(item, &at, material, report);
        check_source(&at, material, report);
    }
    check_fees(item, report);
}

fn check_material(item: &Item, at: &str, material: &Material, report: &mut Report<'_>) {
    let name = &material.name;
    if CATCH_ALL.iter().any(|words| name.zh.contains(words)) {
        let zh = format!("材料“{}”是兜底条款，办事指南中不得使用；请写明具体材料。", name.zh);
        let en = format!("The material \"{}\" is a catch-all, which a guide must not use; name the material.", name.en);
        report.item(&format!("{at}.name"), "material-catch-all", zh, en);
    }
    // Who holds no valid certificate is asked for the material.
    let waived = material.waived_by.as_ref().is_some_and(|by| by.starts_with("register:"));
    if material.form != MaterialForm::Paper && material.accept.is_empty() && !waived {
        let zh = format!("材料“{}”可以电子提交，但没有写明接受的文件类型（accept）。", name.zh);
        report.item(at, "material-accept-missing", zh, format!("The material \"{}\" names no file types (accept).", name.en));
    }
    for kind in &material.accept {
        if !FILE_TYPES.contains(&kind.as_str()) {
            let zh = format!("文件类型“{kind}”不能识别；可用：{}。", FILE_TYPES.join("、"));
            let en = format!("The file type \"{kind}\" is not recognised; allowed: {}.", FILE_TYPES.join(", "));
            report.item(&format!("{at}.accept"), "material-file-type", zh, en);
        }
    }
    if material.size_max_bytes == 0 {
        report.item(&format!("{at}.size_max_bytes"), "material-size", "材料大小上限不能为 0。", "The size limit of a material cannot be 0.");
    }
    if material.form == MaterialForm::Paper && item.online_depth == OnlineDepth::Complete {
        let zh = format!("全程网办的事项不能要求纸质材料“{}”。", name.zh);
        report.item(&format!("{at}.form"), "material-paper-online", zh, format!("An item entirely online cannot ask for paper: \"{}\".", name.en));
    }
    if material.basis.trim().is_empty() && material.need != MaterialNeed::Optional {
        let zh = format!("材料“{}”没有写明要求提供的依据（basis）。", name.zh);
        let en = format!("No legal basis is given for asking the material \"{}\".", name.en);
        if item.item_type == ItemType::Permit {
            report.item(at, "material-basis-missing", zh, en);
        } else {
            report.item_warning(at, "material-basis-missing", zh, en);
        }
    }
}

fn check_source(at: &str, material: &Material, report: &mut Report<'_>) {
    if let Some(source) = &material.waived_by {
        let known = source.split_once(':').is_some_and(|(kind, name)| matches!(kind, "register" | "certificate") && !name.is_empty());
        if !known {
            let zh = format!("免交来源“{source}”应写作 register:<库> 或 certificate:<证照类型>。");
            let en = format!("The source \"{source}\" must be register:<name> or certificate:<type>.");
            report.item(&format!("{at}.waived_by"), "material-waived-by", zh, en);
        }
        if material.asked_because.is_some() {
            let zh = format!("材料“{}”已写免交来源（waived_by），不能再写仍要提交的理由（asked_because）。", material.name.zh);
            let en = format!("The material \"{}\" is waived (waived_by), so there is no reason to ask for it (asked_because).", material.name.en);
            report.item(&format!("{at}.asked_because"), "material-asked-because", zh, en);
        }
    } else if material.source == MaterialSource::Government && material.asked_because.is_none() {
        let zh = format!(
            "材料“{}”由政府部门核发，应通过共享取得（国务院令第716号第七条），请写 waived_by，取不到的写明理由（asked_because）。",
            material.name.zh
        );
        let en = format!(
            "The material \"{}\" is issued by government and should be taken from it (国务院令第716号 article 7): set waived_by, or say why not in asked_because.",
            material.name.en
        );
        report.item_warning(&format!("{at}.source"), "material-could-be-shared", zh, en);
    }
}

fn check_fees(item: &Item, report: &mut Report<'_>) {
    for (index, fee) in item.fees.iter().enumerate() {
        if fee.basis.trim().is_empty() {
            let zh = format!("收费项目“{}”没有收费依据。", fee.name.zh);
            report.item(&format!("fee[{index}]"), "fee-basis-missing", zh, format!("The fee \"{}\" has no legal basis.", fee.name.en));
        }
        if fee.amount_fen == 0 {
            let zh = format!("收费项目“{}”的金额为 0；不收费就不要列出。", fee.name.zh);
            report.item(
                &format!("fee[{index}].amount_fen"),
                "fee-zero",
                zh,
                format!("The fee \"{}\" is 0; leave it out when nothing is paid.", fee.name.en),
            );
        }
    }
}
