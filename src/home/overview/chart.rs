//! A drawing with its numbers behind it.

use chrono::NaiveDate;
use leptos::prelude::*;
use ui::{Details, time};

/// What a line of a chart is.
#[derive(Clone)]
pub enum Label {
    Words(String),
    Day(NaiveDate),
}

impl Label {
    fn view(self) -> AnyView {
        match self {
            Self::Words(words) => words.into_any(),
            Self::Day(day) => time::day(day),
        }
    }
}

/// One line of a chart: what it is, and how many there are of each kind.
pub struct Bar {
    pub label: Label,
    pub counts: Vec<u64>,
}

impl Bar {
    fn all(&self) -> u64 {
        self.counts.iter().sum()
    }
}

/// What a chart shows.
pub struct Chart {
    pub title: &'static str,
    /// What it comes to, in a sentence.
    pub sentence: String,
    /// What the lines are.
    pub of: &'static str,
    /// What each count of a line is; one alone needs no legend.
    pub kinds: Vec<&'static str>,
    pub bars: Vec<Bar>,
}

/// A chart of lines that grow along the text.
pub fn lines(chart: Chart) -> AnyView {
    let most = most(&chart);
    let drawn = chart.bars.iter().map(|bar| line(bar, most)).collect_view();
    let legend = (chart.kinds.len() > 1).then(|| legend(&chart.kinds));
    figure(chart, view! { {legend} <div class="chart-lines">{drawn}</div> }.into_any())
}

/// A chart of columns that grow upwards; the first and the last are named below.
pub fn columns(chart: Chart) -> AnyView {
    let most = most(&chart);
    let drawn = chart.bars.iter().map(|bar| column(bar.all(), most)).collect_view();
    let named = |bar: Option<&Bar>| bar.map(|bar| bar.label.clone().view());
    let (first, last) = (named(chart.bars.first()), named(chart.bars.last()));
    let drawing = view! {
        <div class="chart-columns">{drawn}</div>
        <div class="chart-ends">
            <span>{first}</span>
            <span>{last}</span>
        </div>
    };
    figure(chart, drawing.into_any())
}

/// The drawing is one picture to a screen reader; the table behind it tells the numbers.
fn figure(chart: Chart, drawing: AnyView) -> AnyView {
    view! {
        <figure class="chart">
            <figcaption>
                <h3>{chart.title}</h3>
                <p class="quiet">{chart.sentence.clone()}</p>
            </figcaption>
            <div role="img" aria-label=format!("{}: {}", chart.title, chart.sentence)>
                {drawing}
            </div>
            <Details summary=texts::overview::as_a_table()>{table(&chart)}</Details>
        </figure>
    }
    .into_any()
}

fn table(chart: &Chart) -> AnyView {
    let heads = chart.kinds.iter().map(|kind| view! { <th scope="col">{*kind}</th> }).collect_view();
    let rows = chart.bars.iter().map(|bar| {
        let counts = bar.counts.iter().map(|count| view! { <td>{*count}</td> }).collect_view();
        view! {
            <tr>
                <th scope="row">{bar.label.clone().view()}</th>
                {counts}
            </tr>
        }
    });
    view! {
        <table class="chart-table">
            <caption class="unseen">{chart.title}</caption>
            <thead>
                <tr>
                    <th scope="col">{chart.of}</th>
                    {heads}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn most(chart: &Chart) -> u64 {
    chart.bars.iter().map(Bar::all).max().unwrap_or_default().max(1)
}

fn line(bar: &Bar, most: u64) -> AnyView {
    let mut begins = 0;
    let parts = bar.counts.iter().enumerate().map(|(kind, count)| {
        let x = begins;
        begins += count;
        view! { <rect class=swatch(kind) x=x y="0" width=*count height="1"/> }
    });
    view! {
        <span>{bar.label.clone().view()}</span>
        <svg viewBox=format!("0 0 {most} 1") preserveAspectRatio="none">
            {parts.collect_view()}
        </svg>
        <strong>{bar.all()}</strong>
    }
    .into_any()
}

fn column(count: u64, most: u64) -> AnyView {
    view! {
        <div>
            <strong>{count}</strong>
            <svg viewBox=format!("0 0 1 {most}") preserveAspectRatio="none">
                <rect class=swatch(0) x="0" y=most - count width="1" height=count/>
            </svg>
        </div>
    }
    .into_any()
}

fn legend(kinds: &[&'static str]) -> AnyView {
    let kind = |(kind, label): (usize, &&'static str)| {
        view! {
            <span>
                <svg viewBox="0 0 1 1">
                    <rect class=swatch(kind) width="1" height="1"/>
                </svg>
                {*label}
            </span>
        }
    };
    view! { <p class="chart-legend">{kinds.iter().enumerate().map(kind).collect_view()}</p> }.into_any()
}

fn swatch(kind: usize) -> String {
    format!("swatch swatch-{kind}")
}
