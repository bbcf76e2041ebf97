//! Where in a catalogue something stands.

use std::{borrow::Cow, fmt};

/// The way from the top of a catalogue to one of its parts, told as
/// `types.problem.steps[0].area.kind`: entries by their id, where they have one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place(Vec<Part>);

/// One step of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// To what a key holds.
    Key(Cow<'static, str>),
    /// To an entry of a list.
    Entry {
        /// Which, from 0.
        index: usize,
        /// Its id, if it has one.
        id: Option<String>,
    },
}

impl Place {
    /// The whole catalogue.
    #[must_use]
    pub fn top() -> Self {
        Self::default()
    }

    /// What a key of this part holds.
    #[must_use]
    pub fn key(&self, key: impl Into<Cow<'static, str>>) -> Self {
        self.onward(Part::Key(key.into()))
    }

    /// An entry of this list.
    #[must_use]
    pub fn entry(&self, index: usize) -> Self {
        self.onward(Part::Entry { index, id: None })
    }

    /// An entry of this list that has an id.
    #[must_use]
    pub fn named(&self, index: usize, id: &str) -> Self {
        let id = Some(id.to_owned()).filter(|id| !id.is_empty());
        self.onward(Part::Entry { index, id })
    }

    /// The way, step by step.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    /// What it is a part of.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.split_last().map(|(_, parts)| Self(parts.to_vec()))
    }

    /// Whether it is `other`, or a part of it.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.len() >= other.0.len() && self.0.iter().zip(&other.0).all(|(own, other)| own.leads_as(other))
    }

    fn onward(&self, part: Part) -> Self {
        let mut parts = self.0.clone();
        parts.push(part);
        Self(parts)
    }
}

impl Part {
    /// An entry is the same whatever its id is taken for.
    fn leads_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Key(key), Self::Key(other)) => key == other,
            (Self::Entry { index, .. }, Self::Entry { index: other, .. }) => index == other,
            _ => false,
        }
    }

    fn is_named(&self) -> bool {
        matches!(self, Self::Entry { id: Some(_), .. })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, part) in self.0.iter().enumerate() {
            let dot = if at == 0 { "" } else { "." };
            match part {
                // A step has nothing but questions that are told by id.
                Part::Key(key) if key == "questions" && self.0.get(at + 1).is_some_and(Part::is_named) => {}
                Part::Key(key) => write!(f, "{dot}{key}")?,
                Part::Entry { id: Some(id), .. } => write!(f, "{dot}{id}")?,
                Part::Entry { index, id: None } => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
