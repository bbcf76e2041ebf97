//! Parts of a long list that exist only near the screen.

use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// How far beyond the screen parts are kept.
const MARGIN: &str = "400px 0px";

/// A part of a list. Away from the screen it is an empty box of the height it
/// last had, so that a page's elements stay few and nothing jumps.
#[component]
pub fn Windowed(
    /// The part's role in its list.
    #[prop(optional)]
    role: Option<&'static str>,
    /// Whether it stays wherever the screen is: a list too short to be worth it,
    /// or a part that must be found as soon as it grows.
    #[prop(into)]
    stays: Signal<bool>,
    /// What it holds; built when it comes near the screen.
    children: ChildrenFn,
) -> impl IntoView {
    let near = RwSignal::new(true);
    let height = RwSignal::new(0_i32);
    let element = NodeRef::<html::Div>::new();
    observe(element, MARGIN, move |entry| {
        let now = entry.is_intersecting();
        if near.try_get_untracked() == Some(now) {
            return;
        }
        if !now {
            // Whole pixels: words for fractions weigh more than they are worth.
            #[expect(
                clippy::cast_possible_truncation,
                reason = "no box is two thousand million pixels high"
            )]
            height.set(entry.bounding_client_rect().height().round() as i32);
        }
        near.set(now);
    });
    let there = crate::erased::memo(move || near.get() || stays.get());
    let kept = move || (!there.get()).then(|| format!("{}px", height.get()));
    view! {
        <div role=role class="windowed" node_ref=element style:height=kept>
            {crate::erased::shown(move || there.get().then(|| children()))}
        </div>
    }
}

/// Calls back when the element enters or leaves the screen, until its owner goes.
pub fn observe(
    element: NodeRef<html::Div>,
    margin: &'static str,
    seen: impl Fn(IntersectionObserverEntry) + 'static,
) {
    let callback = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        if let Ok(entry) = entries.pop().dyn_into() {
            seen(entry);
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(margin);
    let Ok(observer) = IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &options)
    else {
        return;
    };
    let observer = StoredValue::new_local((observer, callback));
    crate::erased::watch(move || {
        if let Some(element) = element.get() {
            observer.with_value(|(observer, _)| observer.observe(&element));
        }
    });
    on_cleanup(move || {
        observer.try_with_value(|(observer, _)| observer.disconnect());
    });
}
