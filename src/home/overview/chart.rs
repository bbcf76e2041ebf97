//! A drawing with its numbers behind it.

use chrono::NaiveDate;
use leptos::prelude::*;
use ui::{Details, time};

/// What a line of a chart is.
#[derive(Clone, PartialEq)]
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
#[derive(Clone, PartialEq)]
pub struct Bar {
    pub label: Label,
    pub counts: Vec<u64>,
}

impl Bar {
    fn all(&self) -> u64 {
        self.counts.iter().sum()
    }
}

/// What a chart is about, in the words of the language spoken.
pub struct Chart {
    pub title: fn() -> &'static str,
    /// What the lines are.
    pub of: fn() -> &'static str,
    /// What each count of a line is; one alone needs no legend.
    pub kinds: fn() -> Vec<&'static str>,
}

/// What a chart shows now.
#[derive(Clone, Default, PartialEq)]
pub struct Numbers {
    /// What they come to, in a sentence.
    pub sentence: String,
    pub bars: Vec<Bar>,
}

/// A chart of lines that grow along the text.
pub fn lines(chart: Chart, numbers: Memo<Numbers>) -> AnyView {
    let kinds = (chart.kinds)();
    let drawing = ui::dynamic(move || {
        let bars = numbers.with(|numbers| numbers.bars.clone());
        let most = most(&bars);
        let legend = (kinds.len() > 1).then(|| legend(&kinds));
        let drawn = bars.iter().map(|bar| line(bar, most)).collect_view();
        view! { {legend} <div class="chart-lines">{drawn}</div> }
    });
    figure(chart, numbers, drawing)
}

/// A chart of columns that grow upwards; the first and the last are named below.
pub fn columns(chart: Chart, numbers: Memo<Numbers>) -> AnyView {
    let drawing = ui::dynamic(move || {
        let bars = numbers.with(|numbers| numbers.bars.clone());
        let most = most(&bars);
        let drawn = bars.iter().map(|bar| column(bar.all(), most)).collect_view();
        let named = |bar: Option<&Bar>| bar.map(|bar| bar.label.clone().view());
        view! {
            <div class="chart-columns">{drawn}</div>
            <div class="chart-ends">
                <span>{named(bars.first())}</span>
                <span>{named(bars.last())}</span>
            </div>
        }
    });
    figure(chart, numbers, drawing)
}

/// The drawing is one picture to a screen reader; the table behind it tells the numbers.
fn figure(chart: Chart, numbers: Memo<Numbers>, drawing: AnyView) -> AnyView {
    let title = (chart.title)();
    let sentence = move || numbers.with(|numbers| numbers.sentence.clone());
    let told = ui::memo(move || numbers.with(|numbers| !numbers.bars.is_empty()));
    view! {
        <figure class="chart">
            <figcaption>
                <h3>{title}</h3>
                <p class="quiet">{sentence}</p>
            </figcaption>
            <div role="img" aria-label=move || format!("{title}: {}", sentence()) hidden=move || !told.get()>
                {drawing}
            </div>
            <div hidden=move || !told.get()>
                <Details summary=texts::overview::as_a_table()>{table(&chart, numbers)}</Details>
            </div>
        </figure>
    }
    .into_any()
}

fn table(chart: &Chart, numbers: Memo<Numbers>) -> AnyView {
    let heads = (chart.kinds)().into_iter().map(|kind| view! { <th scope="col">{kind}</th> }).collect_view();
    let row = |bar: &Bar| {
        let counts = bar.counts.iter().map(|count| view! { <td>{*count}</td> }).collect_view();
        view! {
            <tr>
                <th scope="row">{bar.label.clone().view()}</th>
                {counts}
            </tr>
        }
    };
    view! {
        <table class="chart-table">
            <caption class="unseen">{(chart.title)()}</caption>
            <thead>
                <tr>
                    <th scope="col">{(chart.of)()}</th>
                    {heads}
                </tr>
            </thead>
            <tbody>
                {ui::dynamic(move || numbers.with(|numbers| numbers.bars.iter().map(row).collect_view()))}
            </tbody>
        </table>
    }
    .into_any()
}

fn most(bars: &[Bar]) -> u64 {
    bars.iter().map(Bar::all).max().unwrap_or_default().max(1)
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
