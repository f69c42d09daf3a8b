//! The items people can apply for, by theme, life event and audience.

use std::sync::Arc;

use clock::Date;
use procedure::codes::{Audience, Code, LifeEvent, ThemeLegal, ThemePerson};
use procedure::{Item, Library, Package};

/// Who a service is for, as the home page divides them: 个人办事, 法人办事.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Person,
    Legal,
}

impl Side {
    pub(crate) const ALL: [Side; 2] = [Side::Person, Side::Legal];

    pub(crate) const fn code(self) -> &'static str {
        match self {
            Side::Person => "person",
            Side::Legal => "legal",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Side> {
        Side::ALL.into_iter().find(|side| side.code() == code)
    }

    pub(crate) fn serves(self, item: &Item) -> bool {
        item.audience.iter().any(|audience| (*audience == Audience::Person) == (self == Side::Person))
    }
}

/// A theme of one of the two national lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    Person(ThemePerson),
    Legal(ThemeLegal),
}

impl Theme {
    pub(crate) fn read(side: Side, code: &str) -> Option<Theme> {
        match side {
            Side::Person => ThemePerson::from_code(code).map(Theme::Person),
            Side::Legal => ThemeLegal::from_code(code).map(Theme::Legal),
        }
    }

    pub(crate) fn of_side(side: Side) -> Vec<Theme> {
        match side {
            Side::Person => ThemePerson::ALL.iter().copied().map(Theme::Person).collect(),
            Side::Legal => ThemeLegal::ALL.iter().copied().map(Theme::Legal).collect(),
        }
    }

    pub(crate) fn side(self) -> Side {
        match self {
            Theme::Person(_) => Side::Person,
            Theme::Legal(_) => Side::Legal,
        }
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Theme::Person(theme) => theme.code(),
            Theme::Legal(theme) => theme.code(),
        }
    }

    pub(crate) fn label(self) -> i18n::Text {
        match self {
            Theme::Person(theme) => theme.label(),
            Theme::Legal(theme) => theme.label(),
        }
    }

    pub(crate) fn holds(self, item: &Item) -> bool {
        match self {
            Theme::Person(theme) => item.themes_person.contains(&theme),
            Theme::Legal(theme) => item.themes_legal.contains(&theme),
        }
    }

    pub(crate) fn href(self) -> String {
        format!("/themes/{}/{}", self.side().code(), self.code())
    }
}

/// Every item in force that people can apply for. What organs start of their own duty has a guide but is not listed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Catalogue(Vec<Arc<Package>>);

impl Catalogue {
    pub(crate) fn of(library: &Library, today: Date) -> Catalogue {
        Catalogue::from_packages(library.all_current(today))
    }

    pub(crate) fn from_packages(packages: Vec<Arc<Package>>) -> Catalogue {
        Catalogue(packages.into_iter().filter(|package| package.item.on_application() && package.item.for_the_public()).collect())
    }

    pub(crate) fn packages(&self) -> &[Arc<Package>] {
        &self.0
    }

    pub(crate) fn find(&self, slug: &str) -> Option<&Arc<Package>> {
        self.0.iter().find(|package| package.slug == slug)
    }

    pub(crate) fn in_theme(&self, theme: Theme) -> Vec<&Arc<Package>> {
        self.0.iter().filter(|package| theme.holds(&package.item)).collect()
    }

    pub(crate) fn in_life_event(&self, event: LifeEvent) -> Vec<&Arc<Package>> {
        self.0.iter().filter(|package| package.item.life_events.contains(&event)).collect()
    }

    pub(crate) fn of_duties(&self, duties: &[String]) -> Vec<&Arc<Package>> {
        self.0.iter().filter(|package| duties.contains(&package.item.duty)).collect()
    }

    /// The themes of a side that have items, with how many.
    pub(crate) fn themes(&self, side: Side) -> Vec<(Theme, usize)> {
        let counted = Theme::of_side(side).into_iter().map(|theme| (theme, self.in_theme(theme).len()));
        counted.filter(|(_, count)| *count > 0).collect()
    }

    /// The life events that have items.
    pub(crate) fn life_events(&self) -> Vec<(LifeEvent, Vec<&Arc<Package>>)> {
        let found = LifeEvent::ALL.iter().map(|event| (*event, self.in_life_event(*event)));
        found.filter(|(_, items)| !items.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::public::samples::catalogue;

    #[test]
    fn what_the_engine_opens_by_itself_is_not_listed() {
        let catalogue = catalogue();
        assert!(catalogue.find("geti-shangpu-dengji").is_some());
        assert!(catalogue.find("haochaping-zhenggai").is_none());
    }

    #[test]
    fn themes_and_life_events_without_items_are_left_out() {
        let catalogue = catalogue();
        let person = catalogue.themes(Side::Person);
        assert!(person.iter().all(|(theme, count)| *count > 0 && theme.side() == Side::Person));
        assert!(person.iter().any(|(theme, _)| theme.code() == "035"));
        assert!(!person.iter().any(|(theme, _)| theme.code() == "060"));
        assert!(catalogue.life_events().iter().any(|(event, items)| *event == LifeEvent::OpenAShop && items.len() == 2));
    }

    #[test]
    fn an_item_serves_the_sides_of_its_audience() {
        let catalogue = catalogue();
        let shop = &catalogue.find("geti-shangpu-dengji").map(|package| package.item.clone());
        assert_eq!(shop.as_ref().map(|item| (Side::Person.serves(item), Side::Legal.serves(item))), Some((true, false)));
        let food = &catalogue.find("shipin-jingying-xuke").map(|package| package.item.clone());
        assert_eq!(food.as_ref().map(|item| (Side::Person.serves(item), Side::Legal.serves(item))), Some((true, true)));
    }
}
