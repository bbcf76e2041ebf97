//! Reactive pieces of a view, all of one type.
//!
//! In Leptos each closure has a type of its own, and each type its own copy of the
//! machinery around it: about two kilobytes of wasm a closure. Boxed, they share one.

use leptos::prelude::*;

/// A part of the view that is built anew when what it reads changes.
pub fn dynamic<V: IntoAny>(view: impl Fn() -> V + Send + 'static) -> AnyView {
    boxed(Box::new(move || view().into_any()))
}

/// A part of the view that is not always there.
pub fn shown<V: IntoAny>(view: impl Fn() -> Option<V> + Send + 'static) -> AnyView {
    boxed(Box::new(move || view().map_or_else(|| ().into_any(), IntoAny::into_any)))
}

fn boxed(view: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    view.into_any()
}

/// Runs at once, and again when what it reads changes, until its owner goes.
pub fn watch(run: impl FnMut() + 'static) {
    watch_boxed(Box::new(run));
}

fn watch_boxed(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_| run());
}

/// A value worked out from others; those who read it hear only of changes.
pub fn memo<T: PartialEq + Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    memo_boxed(Box::new(value))
}

fn memo_boxed<T: PartialEq + Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| value())
}
