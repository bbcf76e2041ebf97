//! Something that can be chosen.

/// An entry of a [`select`](crate::select::select) or a [`combobox`](crate::combobox::combobox).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What the program knows it by.
    pub value: String,
    /// What people know it by.
    pub title: String,
    /// A few words more, such as an address; a select does not show them.
    pub note: Option<String>,
}

impl Entry {
    /// An entry without a note.
    #[must_use]
    pub fn new(value: impl Into<String>, title: impl Into<String>) -> Self {
        Self { value: value.into(), title: title.into(), note: None }
    }
}
