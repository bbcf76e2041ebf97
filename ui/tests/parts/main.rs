//! The parts in a real browser.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod content;
mod controls;
mod editing;
mod editor;
#[cfg(feature = "gallery")]
mod gallery;
mod order;
mod support;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
