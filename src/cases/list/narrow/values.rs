//! The values of fields, in words.

use contract::{
    Activity, Impact, Priority,
    case_filter::{Facets, Field, Filter, ME, NO, YES},
    moment,
};

/// A value and its name.
pub type Named = (String, String);

/// The values a field can have; none where they are days.
pub fn of(field: Field, facets: Option<&Facets>) -> Vec<Named> {
    let fixed = |key: &str, label: &str| (key.to_owned(), label.to_owned());
    match field {
        Field::Activity => Activity::ALL.map(|activity| fixed(activity.key(), activity.label())).to_vec(),
        Field::Priority => Priority::ALL.map(|priority| fixed(priority.key(), priority.label())).to_vec(),
        Field::Impact => Impact::ALL.map(|impact| fixed(impact.key(), impact.label())).to_vec(),
        Field::Attachments => {
            vec![fixed(YES, texts::filters::with_files()), fixed(NO, texts::filters::without_files())]
        }
        Field::Unread => {
            vec![fixed(YES, texts::filters::only_unread()), fixed(NO, texts::filters::only_read())]
        }
        Field::Type => facets
            .map(|facets| facets.types.iter().map(|known| (known.id.clone(), known.title.clone())).collect())
            .unwrap_or_default(),
        Field::Environment => facets
            .map(|facets| facets.environments.iter().map(|name| (name.clone(), name.clone())).collect())
            .unwrap_or_default(),
        Field::Requester | Field::FiledBy | Field::Watcher => {
            let people = facets.map(|facets| facets.people.as_slice()).unwrap_or_default();
            let people = people.iter().map(|person| (person.id.to_string(), person.name.clone()));
            std::iter::once(fixed(ME, texts::filters::me())).chain(people).collect()
        }
        Field::CreatedFrom | Field::CreatedTo | Field::UpdatedFrom | Field::UpdatedTo => Vec::new(),
    }
}

/// The name of a filter's value.
pub fn name(filter: &Filter, facets: Option<&Facets>) -> String {
    let Filter { field, value } = filter;
    if field.is_day() {
        return moment::day(value).map_or_else(|| value.clone(), ui::time::calendar_day);
    }
    let known = of(*field, facets).into_iter().find(|(key, _)| key == value).map(|(_, name)| name);
    known.unwrap_or_else(|| match field {
        // Someone of whom no case is left to see.
        Field::Requester | Field::FiledBy | Field::Watcher => texts::filters::someone().to_owned(),
        _ => value.clone(),
    })
}
