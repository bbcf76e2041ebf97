//! How an organisation's cases stand, for those who administer it.

mod chart;

use contract::{
    CaseQuery,
    case_filter::{Field, Filter},
    live::LiveEvent,
    overview::{Age, Answered, CasesOfPerson, Overview},
    people::{MembershipRole, OrganisationRef},
};
use leptos::prelude::*;
use ui::{Entry, Skeleton, field::labelled, select::select};

use self::chart::{Bar, Chart, Label, columns, lines};
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
    let session = Account::here().0;
    let places = session.memberships.iter().filter(|place| place.role == MembershipRole::Administrator);
    let organisations: Vec<_> = places.map(|place| place.organisation.clone()).collect();
    let first = organisations.first().map(|organisation| organisation.id.to_string());
    first.map(|first| section(first, organisations)).into_any()
}

fn section(first: String, organisations: Vec<OrganisationRef>) -> AnyView {
    let here =
        Here { fetched: Fetched::new(None), remote: Remote::here(), organisation: RwSignal::new(first) };
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
            {ui::dynamic(move || match (here.fetched.value.get(), here.fetched.error.get()) {
                (Some(overview), _) => charts(&overview),
                (None, Some(error)) => view! { <Failure error=error retry=move |()| here.ask()/> }.into_any(),
                (None, None) => view! { <Skeleton lines=6 label=texts::overview::loading()/> }.into_any(),
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

fn charts(overview: &Overview) -> AnyView {
    view! {
        <div class="charts">
            {lines(open(overview))} {columns(filed(overview))} {lines(first_answers(overview))}
            {lines(grades(texts::overview::satisfaction(), &overview.satisfaction))}
            {lines(grades(texts::overview::effort(), &overview.effort))} {people(&overview.people)}
        </div>
    }
    .into_any()
}

fn open(overview: &Overview) -> Chart {
    let bars = overview
        .open
        .iter()
        .map(|open| Bar { label: Label::Words(open.status.label().to_owned()), counts: open.ages.clone() });
    let bars: Vec<_> = bars.collect();
    let all = bars.iter().flat_map(|bar| &bar.counts).sum();
    Chart {
        title: texts::overview::open(),
        sentence: texts::overview::so_many_open(all),
        of: texts::cases::status(),
        kinds: Age::ALL.map(Age::label).to_vec(),
        bars,
    }
}

fn filed(overview: &Overview) -> Chart {
    let week = |week: &contract::overview::WeekOfCases| Bar {
        label: Label::Day(week.monday),
        counts: vec![week.cases],
    };
    let all: u64 = overview.filed.iter().map(|week| week.cases).sum();
    Chart {
        title: texts::overview::filed(),
        sentence: texts::overview::so_many_filed(all, overview.filed.len()),
        of: texts::overview::week_from(),
        kinds: vec![texts::cases::cases()],
        bars: overview.filed.iter().map(week).collect(),
    }
}

fn first_answers(overview: &Overview) -> Chart {
    let bars = Answered::ALL.iter().zip(&overview.first_answers);
    let bars =
        bars.map(|(way, count)| Bar { label: Label::Words(way.label().to_owned()), counts: vec![*count] });
    Chart {
        title: texts::overview::first_answers(),
        sentence: overview
            .first_answer_median
            .map_or_else(|| texts::overview::none_answered().to_owned(), half_within),
        of: texts::overview::first_answer(),
        kinds: vec![texts::cases::cases()],
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

fn grades(title: &'static str, given: &[u64]) -> Chart {
    let all: u64 = given.iter().sum();
    let points: u64 = (1..).zip(given).map(|(grade, count)| grade * count).sum();
    let best = given.len() as u64;
    let bars = (1..=best).zip(given);
    Chart {
        title,
        sentence: mean(points, all).map_or_else(
            || texts::overview::no_survey_yet().to_owned(),
            |mean| texts::overview::mean_of(all, best, mean),
        ),
        of: texts::overview::grade(),
        kinds: vec![texts::overview::surveys()],
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
fn people(people: &[CasesOfPerson]) -> AnyView {
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
                    <tbody>{people.iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}
