//! Pieces of the Ministry of Justice frontend for staff pages.
mod badge;
mod button_menu;
mod filter;
mod identity_bar;
mod side_navigation;
mod sortable_table;
mod sub_navigation;
mod timeline;

pub use badge::{Badge, BadgeColour};
pub use button_menu::ButtonMenu;
pub use filter::{Filter, FilterCategory, FilterTag};
pub use identity_bar::IdentityBar;
pub use side_navigation::{SideItem, SideNavigation, SideSection};
pub use sortable_table::{SortColumn, SortDirection, SortableTable};
pub use sub_navigation::SubNavigation;
pub use timeline::{Timeline, TimelineItem};
