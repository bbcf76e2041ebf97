//! How an organisation's cases stand, for those who administer it.

mod chart;

use contract::{
    CaseQuery,
    case_filter::{Field, Filter},
    live::LiveEvent,
    overview::{Age, Answered, CasesOfPerson, Overview},
    people::OrganisationRef,
};
use leptos::prelude::*;
use ui::{Entry, Skeleton, field::labelled, select::select};

use self::chart::{Bar, Chart, Label, Numbers, columns, lines};
use crate::{
    remote::{Fetched, Remote, live::Live, overview, session::Account},
    routes::cases_url,
    shell::Failure,
};

/// What the overview's parts share.
#[derive(Clone, Copy)]
struct Here {
    fetched: Fetched<Overview>,
    remote: Remote,
    /// The id of the organisation looked at.
    organisation: RwSignal<String>,
}

/// The overview; nothing for whoever administers no organisation.
pub fn overview() -> AnyView {
    let organisations = Account::here().administered();
    let first = organisations.first().map(|organisation| organisation.id.to_string());
    first.map(|first| section(first, organisations)).into_any()
}

fn section(first: String, organisations: Vec<OrganisationRef>) -> AnyView {
    let here =
        Here { fetched: Fetched::new(None), remote: Remote::here(), organisation: RwSignal::new(first) };
    let known = ui::memo(move || here.fetched.value.with(Option::is_some));
    ui::watch(move || here.ask());
    Live::here().listen(move |event| {
        if matches!(event, LiveEvent::CaseChanged { .. } | LiveEvent::Reload) {
            here.ask();
        }
    });
    view! {
        <section class="overview" aria-labelledby="overview-title">
            <h2 id="overview-title">{texts::overview::title()}</h2>
            {(organisations.len() > 1).then(|| which(here, organisations))}
            {ui::dynamic(move || match (known.get(), here.fetched.error.get()) {
                (true, _) => charts(here.fetched.value),
                (false, Some(error)) => view! { <Failure error=error retry=move |()| here.ask()/> }.into_any(),
                (false, None) => view! { <Skeleton lines=6 label=texts::overview::loading()/> }.into_any(),
            })}
        </section>
    }
    .into_any()
}

/// The choice between several organisations.
fn which(here: Here, organisations: Vec<OrganisationRef>) -> AnyView {
    let entry = |organisation: OrganisationRef| Entry::new(organisation.id.to_string(), organisation.name);
    let entries: Vec<_> = organisations.into_iter().map(entry).collect();
    labelled(
        "overview-organisation",
        texts::overview::organisation().to_owned(),
        None,
        false,
        Signal::stored(None),
        move |tied| {
            let take = Callback::new(move |id| here.organisation.set(id));
            select(tied, Signal::stored(entries), None, here.organisation.into(), take)
        },
    )
}

impl Here {
    fn ask(self) {
        self.fetched.ask(Box::pin(overview::read(self.remote, self.organisation.get())));
    }
}

/// The charts stay where they are, and what is opened stays open, whatever their numbers become.
fn charts(overview: RwSignal<Option<Overview>>) -> AnyView {
    let numbers = move |of: fn(&Overview) -> Numbers| {
        ui::memo(move || overview.with(|overview| overview.as_ref().map(of).unwrap_or_default()))
    };
    let people = ui::memo(move || {
        overview.with(|overview| overview.as_ref().map(|known| known.people.clone()).unwrap_or_default())
    });
    view! {
        <div class="charts">
            {lines(OPEN, numbers(open))} {columns(FILED, numbers(filed))}
            {lines(FIRST_ANSWERS, numbers(first_answers))}
            {lines(SATISFACTION, numbers(|overview| grades(&overview.satisfaction)))}
            {lines(EFFORT, numbers(|overview| grades(&overview.effort)))} {by_person(people)}
        </div>
    }
    .into_any()
}

const OPEN: Chart = Chart {
    title: texts::overview::open,
    of: texts::cases::status,
    kinds: || Age::ALL.map(Age::label).to_vec(),
};
const FILED: Chart = Chart {
    title: texts::overview::filed,
    of: texts::overview::week_from,
    kinds: || vec![texts::cases::cases()],
};
const FIRST_ANSWERS: Chart = Chart {
    title: texts::overview::first_answers,
    of: texts::overview::first_answer,
    kinds: || vec![texts::cases::cases()],
};
const SATISFACTION: Chart = Chart {
    title: texts::overview::satisfaction,
    of: texts::overview::grade,
    kinds: || vec![texts::overview::surveys()],
};
const EFFORT: Chart = Chart { title: texts::overview::effort, ..SATISFACTION };

fn open(overview: &Overview) -> Numbers {
    let bars = overview
        .open
        .iter()
        .map(|open| Bar { label: Label::Words(open.status.label().to_owned()), counts: open.ages.clone() });
    let bars: Vec<_> = bars.collect();
    let all = bars.iter().flat_map(|bar| &bar.counts).sum();
    Numbers { sentence: texts::overview::so_many_open(all), bars }
}

fn filed(overview: &Overview) -> Numbers {
    let week = |week: &contract::overview::WeekOfCases| Bar {
        label: Label::Day(week.monday),
        counts: vec![week.cases],
    };
    let all: u64 = overview.filed.iter().map(|week| week.cases).sum();
    Numbers {
        sentence: texts::overview::so_many_filed(all, overview.filed.len()),
        bars: overview.filed.iter().map(week).collect(),
    }
}

fn first_answers(overview: &Overview) -> Numbers {
    let bars = Answered::ALL.iter().zip(&overview.first_answers);
    let bars =
        bars.map(|(way, count)| Bar { label: Label::Words(way.label().to_owned()), counts: vec![*count] });
    Numbers {
        sentence: overview
            .first_answer_median
            .map_or_else(|| texts::overview::none_answered().to_owned(), half_within),
        bars: bars.collect(),
    }
}

/// Half of those answered were within so many minutes.
fn half_within(minutes: u64) -> String {
    if minutes < 120 {
        texts::overview::half_within_minutes(minutes)
    } else {
        texts::overview::half_within_hours(minutes / 60)
    }
}

/// How many gave each grade; nothing is drawn while nobody has.
fn grades(given: &[u64]) -> Numbers {
    let all: u64 = given.iter().sum();
    let points: u64 = (1..).zip(given).map(|(grade, count)| grade * count).sum();
    let best = given.len() as u64;
    let Some(mean) = mean(points, all) else {
        return Numbers { sentence: texts::overview::no_survey_yet().to_owned(), bars: Vec::new() };
    };
    let bars = (1..=best).zip(given);
    Numbers {
        sentence: texts::overview::mean_of(all, best, mean),
        bars: bars
            .map(|(grade, count)| Bar { label: Label::Words(grade.to_string()), counts: vec![*count] })
            .collect(),
    }
}

/// The mean to one decimal, as the language writes it.
fn mean(points: u64, all: u64) -> Option<String> {
    let tenths = (points * 10 + all / 2).checked_div(all)?;
    #[expect(clippy::cast_precision_loss, reason = "at most fifty")]
    let number = js_sys::Number::from(tenths as f64 / 10.0);
    Some(String::from(number.to_locale_string(&texts::spoken().tag)))
}

/// Whose cases they are, as the way to them.
fn by_person(people: Memo<Vec<CasesOfPerson>>) -> AnyView {
    let row = |of: &CasesOfPerson| {
        let query = CaseQuery {
            filters: vec![Filter { field: Field::Requester, value: of.person.id.to_string() }],
            ..CaseQuery::default()
        };
        view! {
            <tr>
                <th scope="row">
                    <a href=cases_url(&query) dir="auto">
                        {of.person.name.clone()}
                    </a>
                </th>
                <td>{of.open}</td>
                <td>{of.all}</td>
            </tr>
        }
    };
    view! {
        <div class="chart chart-people">
            <h3 id="overview-people">{texts::overview::by_person()}</h3>
            <div class="chart-scroll" tabindex="0" role="region" aria-labelledby="overview-people">
                <table class="chart-table">
                    <thead>
                        <tr>
                            <th scope="col">{texts::cases::requester()}</th>
                            <th scope="col">{texts::overview::open_cases()}</th>
                            <th scope="col">{texts::overview::all_cases()}</th>
                        </tr>
                    </thead>
                    <tbody>{ui::dynamic(move || people.with(|people| people.iter().map(row).collect_view()))}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}
