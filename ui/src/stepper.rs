//! Where in a row of steps one is.

use leptos::prelude::*;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its title.
    pub title: String,
    /// Its address, once it is done and can be gone back to.
    pub href: Option<String>,
}

/// The steps; the present one is the `at`th, counted from zero. A narrow screen shows
/// only which of how many it is.
#[component]
pub fn Stepper(
    /// The steps.
    steps: Signal<Vec<Step>>,
    /// The present one.
    at: Signal<usize>,
) -> impl IntoView {
    let list = move || {
        let at = at.get();
        let steps = steps.get();
        let said = texts::ui::step_of(at + 1, steps.len());
        let items = steps.into_iter().enumerate().map(|(index, step)| item(index, step, at)).collect_view();
        view! {
            <p class="stepper-said">{said}</p>
            <ol>{items}</ol>
        }
    };
    view! {
        <nav class="stepper" aria-label=texts::ui::steps()>
            {crate::erased::dynamic(list)}
        </nav>
    }
    .into_any()
}

fn item(index: usize, step: Step, at: usize) -> AnyView {
    let Step { title, href } = step;
    let face = match href.filter(|_| index != at) {
        Some(href) => view! { <a href=href dir="auto">{title}</a> }.into_any(),
        None => view! { <span dir="auto">{title}</span> }.into_any(),
    };
    view! {
        <li class:stepper-done=index < at aria-current=(index == at).then_some("step")>
            {face}
        </li>
    }
    .into_any()
}
