//! Which cases a list shows, as it stands in the portal's address and in the API's query.

use crate::{
    Activity, Column, Status,
    case_filter::{Field, Filter},
    field::clean_text,
    limits::{FILTERS_MAX, SEARCH_MAX},
};

/// What a list is sorted by; the number breaks ties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Newest update first.
    #[default]
    UpdatedDesc,
    /// Oldest update first.
    UpdatedAsc,
    /// Newest case first.
    CreatedDesc,
    /// Oldest case first.
    CreatedAsc,
    /// Subject from A.
    SubjectAsc,
    /// Subject from Z.
    SubjectDesc,
    /// Most pressing first.
    PriorityDesc,
    /// Least pressing first.
    PriorityAsc,
    /// In the order of a case's life.
    StatusAsc,
    /// The other way round.
    StatusDesc,
    /// Highest impact first; those that have none before.
    ImpactAsc,
    /// Lowest impact first.
    ImpactDesc,
    /// Type from A.
    TypeAsc,
    /// Type from Z.
    TypeDesc,
    /// Environment from A; those that have none before.
    EnvironmentAsc,
    /// Environment from Z.
    EnvironmentDesc,
    /// Organisation from A.
    OrganisationAsc,
    /// Organisation from Z.
    OrganisationDesc,
    /// Requester from A.
    RequesterAsc,
    /// Requester from Z.
    RequesterDesc,
    /// Waiting longest first.
    TurnAsc,
    /// Waiting shortest first.
    TurnDesc,
}

impl Sort {
    /// All orders.
    pub const ALL: [Self; 22] = [
        Self::UpdatedDesc,
        Self::UpdatedAsc,
        Self::CreatedDesc,
        Self::CreatedAsc,
        Self::SubjectAsc,
        Self::SubjectDesc,
        Self::PriorityDesc,
        Self::PriorityAsc,
        Self::StatusAsc,
        Self::StatusDesc,
        Self::ImpactAsc,
        Self::ImpactDesc,
        Self::TypeAsc,
        Self::TypeDesc,
        Self::EnvironmentAsc,
        Self::EnvironmentDesc,
        Self::OrganisationAsc,
        Self::OrganisationDesc,
        Self::RequesterAsc,
        Self::RequesterDesc,
        Self::TurnAsc,
        Self::TurnDesc,
    ];

    /// The orders that people ask for most; the others are those of columns.
    pub const USUAL: usize = 10;

    /// The key in addresses; a leading `-` means descending.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::UpdatedDesc => "-updated",
            Self::UpdatedAsc => "updated",
            Self::CreatedDesc => "-created",
            Self::CreatedAsc => "created",
            Self::SubjectAsc => "subject",
            Self::SubjectDesc => "-subject",
            Self::PriorityDesc => "-priority",
            Self::PriorityAsc => "priority",
            Self::StatusAsc => "status",
            Self::StatusDesc => "-status",
            Self::ImpactAsc => "impact",
            Self::ImpactDesc => "-impact",
            Self::TypeAsc => "type",
            Self::TypeDesc => "-type",
            Self::EnvironmentAsc => "environment",
            Self::EnvironmentDesc => "-environment",
            Self::OrganisationAsc => "organisation",
            Self::OrganisationDesc => "-organisation",
            Self::RequesterAsc => "requester",
            Self::RequesterDesc => "-requester",
            Self::TurnAsc => "turn",
            Self::TurnDesc => "-turn",
        }
    }

    /// The order of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.key() == key)
    }
}

/// Which cases, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CaseQuery {
    /// Only these statuses; empty means all.
    pub statuses: Vec<Status>,
    /// What else they must be like: like one of the values of each field named here.
    pub filters: Vec<Filter>,
    /// Words to find in number, subject, answers and messages; empty means all.
    pub search: String,
    /// The order.
    pub sort: Sort,
    /// What is told of each case; empty means what is usual ([`Column::is_usual`]).
    pub columns: Vec<Column>,
}

/// A parameter of the query that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// Not a status.
    #[error("status takes {options} — not “{0}”", options = Status::ALL.map(Status::key).join(", "))]
    Status(String),
    /// Not an order.
    #[error("sort takes {options} — not “{0}”", options = Sort::ALL.map(Sort::key).join(", "))]
    Sort(String),
    /// Not a column.
    #[error("columns takes {options} — not “{0}”", options = Column::ALL.map(Column::key).join(", "))]
    Column(String),
    /// Not a value of the field.
    #[error("{field} takes {takes} — not “{value}”", field = .0.key(), takes = .0.takes(), value = .1)]
    Filter(Field, String),
    /// Too many values.
    #[error("filter by at most {FILTERS_MAX} values")]
    TooManyFilters,
    /// Too long.
    #[error("search for at most {SEARCH_MAX} characters")]
    SearchTooLong,
    /// No such parameter.
    #[error("there is no parameter “{0}”")]
    Unknown(String),
}

impl CaseQuery {
    /// All cases that a person has something to do with.
    #[must_use]
    pub fn of(activity: Activity) -> Self {
        let filter = Filter { field: Field::Activity, value: activity.key().to_owned() };
        Self { filters: vec![filter], ..Self::default() }
    }

    /// Takes one parameter in. Repeated `status` parameters add up, and one may
    /// hold several keys parted by commas; repeated filters add up, too.
    ///
    /// # Errors
    /// The value cannot be read, or there is no such parameter.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), QueryError> {
        match name {
            "status" => {
                for key in value.split(',').filter(|key| !key.is_empty()) {
                    let status = Status::from_key(key).ok_or_else(|| QueryError::Status(key.to_owned()))?;
                    if !self.statuses.contains(&status) {
                        self.statuses.push(status);
                    }
                }
            }
            "columns" => {
                let keys = value.split(',').filter(|key| !key.is_empty());
                let read =
                    |key: &str| Column::from_key(key).ok_or_else(|| QueryError::Column(key.to_owned()));
                let named = keys.map(read).collect::<Result<Vec<_>, _>>()?;
                // One order, so that the same columns have the same address.
                self.columns = Column::ALL.into_iter().filter(|column| named.contains(column)).collect();
            }
            "q" if value.chars().count() > SEARCH_MAX => return Err(QueryError::SearchTooLong),
            "q" => self.search = clean_text(value.trim()),
            "sort" => self.sort = Sort::from_key(value).ok_or_else(|| QueryError::Sort(value.to_owned()))?,
            _ => {
                let field = Field::from_key(name).ok_or_else(|| QueryError::Unknown(name.to_owned()))?;
                self.add(field, value)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, field: Field, value: &str) -> Result<(), QueryError> {
        let filter = Filter { field, value: clean_text(value.trim()) };
        if !field.reads(&filter.value) {
            return Err(QueryError::Filter(field, filter.value));
        }
        if self.filters.len() == FILTERS_MAX {
            return Err(QueryError::TooManyFilters);
        }
        if !self.filters.contains(&filter) {
            self.filters.push(filter);
        }
        Ok(())
    }

    /// Whether all cases match.
    #[must_use]
    pub const fn is_everything(&self) -> bool {
        self.statuses.is_empty() && self.filters.is_empty() && self.search.is_empty()
    }

    /// The values a field must have one of; none where it may have any.
    pub fn values(&self, field: Field) -> impl Iterator<Item = &str> {
        self.filters.iter().filter(move |filter| filter.field == field).map(|filter| filter.value.as_str())
    }

    /// The parameters that differ from the default, unescaped, in a fixed order.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut parameters = Vec::new();
        if !self.statuses.is_empty() {
            let keys: Vec<_> = self.statuses.iter().map(|status| status.key()).collect();
            parameters.push(("status", keys.join(",")));
        }
        parameters.extend(self.filters.iter().map(|filter| (filter.field.key(), filter.value.clone())));
        if !self.search.is_empty() {
            parameters.push(("q", self.search.clone()));
        }
        if self.sort != Sort::default() {
            parameters.push(("sort", self.sort.key().to_owned()));
        }
        if !self.columns.is_empty() {
            let keys: Vec<_> = self.columns.iter().map(|column| column.key()).collect();
            parameters.push(("columns", keys.join(",")));
        }
        parameters
    }
}
