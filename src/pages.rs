//! Which page a route shows, and which pages' code is fetched when they are first
//! opened.
//!
//! The list and signing in come with the first download; the others are parts of
//! their own (`xtask/src/build/split.rs`). In builds that do not split — Trunk's
//! own, and tests — the same functions are ordinary code.

use contract::CaseNumber;
use leptos::{prelude::*, task::spawn_local};
use ui::{Banner, Button, Tone};
use wasm_bindgen::JsCast;

use crate::{
    assistant, cases, home,
    routes::Route,
    shell::{NotFound, Page, Waiting},
};

/// The code of a page could not be fetched.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("This page could not be loaded. Check your connection, then try again.")]
struct NotFetched;

#[cfg(feature = "lazy")]
impl From<leptos::wasm_split::SplitLoaderError> for NotFetched {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// Builds a page. Building waits until the page is shown: what it provides is found
/// by what is built within it, and that is where it is shown.
type Build = Box<dyn FnOnce() -> AnyView>;

/// A page whose code is a part of its own. Splitting makes the function
/// asynchronous; without it, it is written so.
macro_rules! fetched_page {
    ($part:ident, $name:ident($($argument:ident: $kind:ty)?) => $page:expr) => {
        #[cfg(feature = "lazy")]
        #[leptos::wasm_split::wasm_split($part, wasm_split_path = leptos::wasm_split, fallible)]
        fn $name($($argument: $kind)?) -> Result<Build, NotFetched> {
            Ok(Box::new(move || $page))
        }

        #[cfg(not(feature = "lazy"))]
        async fn $name($($argument: $kind)?) -> Result<Build, NotFetched> {
            Ok(Box::new(move || $page))
        }
    };
}

fetched_page!(home, home_page() => home::page());
fetched_page!(assistant, picker_page() => assistant::picker_page());
fetched_page!(assistant, assistant_page(type_id: String) => assistant::page(type_id));
fetched_page!(record, case_page(number: CaseNumber) => cases::case_page(number));

/// The page of the present route.
pub fn page(route: Memo<Route>) -> AnyView {
    let shown = move || match route.get() {
        Route::Home | Route::SignIn => fetched(|| Box::pin(home_page())),
        Route::Cases => cases::list_page(),
        Route::NewCase => fetched(|| Box::pin(picker_page())),
        Route::Assistant(type_id) => fetched(move || Box::pin(assistant_page(type_id.clone()))),
        Route::Case(number) => fetched(move || Box::pin(case_page(number))),
        Route::Unknown => view! { <NotFound/> }.into_any(),
    };
    ui::dynamic(shown)
}

type Fetching = std::pin::Pin<Box<dyn Future<Output = Result<Build, NotFetched>>>>;

/// Shows a page once its code is there, and a way on where it cannot be fetched.
fn fetched(fetch: impl Fn() -> Fetching + Send + Sync + 'static) -> AnyView {
    let tries = RwSignal::new(0);
    let built = StoredValue::new_local(None::<Result<Build, NotFetched>>);
    let arrived = RwSignal::new(0);
    ui::watch(move || {
        let turn = tries.get() + 1;
        let page = fetch();
        spawn_local(async move {
            let page = page.await;
            let waited_with_focus = main_has_focus();
            // The person may have gone on meanwhile.
            built.try_set_value(Some(page));
            arrived.try_set(turn);
            if waited_with_focus {
                // By then the page stands where the waiting one was.
                request_animation_frame(focus_main);
            }
        });
    });
    ui::dynamic(move || {
        arrived.get();
        match built.try_update_value(Option::take).flatten() {
            Some(Ok(build)) => build(),
            Some(Err(error)) => not_fetched(error, tries),
            None => view! { <Waiting/> }.into_any(),
        }
    })
}

fn not_fetched(error: NotFetched, tries: RwSignal<u32>) -> AnyView {
    view! {
        <Page title=Signal::stored("Not loaded".to_owned())>
            <Banner tone=Tone::Danger live=true>
                <p>{error.to_string()}</p>
                <Button press=move |_| tries.update(|tries| *tries += 1)>"Try again"</Button>
            </Banner>
        </Page>
    }
    .into_any()
}

fn main_element() -> Option<web_sys::HtmlElement> {
    document().get_element_by_id("main")?.dyn_into().ok()
}

fn main_has_focus() -> bool {
    let focused = document().active_element();
    focused.is_some() && focused == main_element().map(Into::into)
}

/// Moves the focus to the page, as loading one would.
pub fn focus_main() {
    if let Some(main) = main_element() {
        // Fails only for an element out of the page.
        let _focused = main.focus();
    }
}
