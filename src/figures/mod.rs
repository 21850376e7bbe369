//! What the project asks to see: each map and chart it lists, or the default set, from the measures to scenes ready to be drawn.

pub mod charts;
pub mod maps;
pub mod pages;

pub use charts::charts;
pub use maps::{maps, styled};
pub use pages::pages;

/// What the project lists, and the default set where it lists nothing or asks for both. Of equal ids the project's stays.
pub(crate) fn listed<T: Clone>(
    own: Option<&Vec<T>>,
    both: bool,
    defaults: impl FnOnce() -> Vec<T>,
    id: impl Fn(&T) -> &str,
) -> Vec<T> {
    let mut list = own.cloned().unwrap_or_default();
    if own.is_none() || both {
        let mut set = defaults();
        set.retain(|one| list.iter().all(|other| id(other) != id(one)));
        set.append(&mut list);
        list = set;
    }
    list
}
