//! `/workspace/catalogue/board/{measure}`: a measure: definition, source, and the resources behind it.

use ::catalogue::queries::{self, ResourceRow, Viewer, measure_source};
use ::catalogue::{MEASURES, Measure};
use axum::extract::{Path, Query, State};
use gate::{App, PageError, StaffMember};
use maud::{Markup, html};
use parties::OrganId;
use serde::Deserialize;
use ui::{Cell, SortColumn, SortableTable, SummaryList, SummaryRow};

use super::board::names;
use super::{needs, words};
use crate::frame::{Desk, Place, heading};
use crate::say::{Say, moment};

/// Whose figure.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    organ: String,
}

/// `GET /workspace/catalogue/board/{measure}`
pub(super) async fn get(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(word): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, PageError> {
    needs(&app, &visitor, Place::DataBoard)?;
    let measure: &Measure = MEASURES.iter().find(|measure| measure.word == word).ok_or(PageError::NotFound)?;
    let (organ, today) = (OrganId::parse(&asked.organ).ok(), app.today());
    let wanted = organ.clone();
    let (behind, names) = app.read(move |tx| Ok((queries::figure_resources(tx, measure.word, wanted.as_ref(), today)?, names(tx)?))).await?;
    let lang = visitor.lang;
    let total: i64 = behind.iter().map(|(_, adds)| adds).sum();
    let viewer = Viewer::of(&visitor.actor);
    let whose = organ.map_or_else(
        || lang.say("全县", "The county").to_owned(),
        |organ| names.get(organ.as_str()).map_or_else(|| organ.to_string(), |name| name.get(lang).to_owned()),
    );
    let source = measure_source(measure.word);
    let rows = vec![
        SummaryRow::new(lang.say("定义", "Definition"), lang.say(measure.definition_zh, measure.definition_en)),
        SummaryRow::new(lang.say("范围", "Scope"), whose),
        SummaryRow::new(lang.say("数值", "Value"), total.to_string()),
        SummaryRow::new(lang.say("统计时间", "Counted at"), moment(lang, app.now_ms())),
        SummaryRow::new(
            lang.say("来源", "Source"),
            match &source {
                Some(source) => html! { code.zs-break { (source) } },
                None => html! { (lang.say("由共享交换、数据质量等业务记录，见各部门数据。", "Recorded by the exchange and by data quality.")) },
            },
        ),
    ];
    // Names of what others have not published are not shown; they still count.
    let seen =
        |row: &ResourceRow| viewer.everything || row.published_version.is_some() || viewer.organs.iter().any(|organ| organ == row.organ.as_str());
    let hidden = behind.iter().filter(|(row, _)| !seen(row)).count();
    let columns = [lang.say("信息资源", "Resource"), lang.say("提供方", "Provider"), lang.say("状态", "State"), lang.say("计入", "Adds")];
    let row = |(row, adds): &(ResourceRow, i64)| {
        vec![
            Cell::new(words::link(row)),
            Cell::new(row.organ_name.as_str()),
            Cell::new(html! { (words::status(lang, row.status)) }),
            Cell::number(adds.to_string()),
        ]
    };
    let title = lang.say(measure.zh, measure.en);
    let body = html! {
        (heading(title))
        (SummaryList::new(rows))
        @if hidden > 0 {
            p.govuk-body { (lang.tell(
                format!("另有 {hidden} 条未发布的目录计入，只有提供方和数据主管部门可以查看。"),
                format!("{hidden} unpublished resources count too; their providers and the data authority see them."),
            )) }
        }
        (SortableTable {
            caption: lang.say("背后的目录", "The resources behind it").to_owned(),
            columns: columns.map(SortColumn::fixed).to_vec(),
            rows: behind.iter().filter(|(row, _)| seen(row)).map(row).collect(),
            empty: lang.say("没有目录。", "There are none.").into(),
        })
    };
    Ok(Desk::new(&app, &visitor, Place::DataBoard, title).below().show(body))
}
