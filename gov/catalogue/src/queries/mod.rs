//! What can be asked about the catalogue. Queries authorise nothing: whoever shows an answer has asked the authority before. Lists take the
//! reader's [`Viewer`] into the statement.

mod duplicates;
mod figures;
mod list;
mod monitor;
mod resource;

pub use duplicates::{Duplicate, Settlement, SettlementKind, duplicates};
pub use figures::{Board, MeasureFact, OrganFigures, Recorded, board, figure_resources, formulas, measure_source};
pub use list::{Facet, FacetValue, Filter, PAGE_SIZE_MAX, Page, ResourceRow, Viewer, count, facets, page, resources_after, rows_of, under_review};
pub use monitor::{Watched, monitor};
pub use resource::{
    GradeDecision, Graded, ImportRecord, Neighbour, Version, content_of, graded, import, imports_of_organ, negative, negative_list, negative_of,
    neighbours, not_shared_by, resource, resource_by_code, resource_by_name, resources_of_procedure, versions,
};
