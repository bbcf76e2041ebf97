//! Parts of the program whose code is fetched when it is first needed
//! (`xtask/src/build/split.rs`). In builds that do not split — Trunk's own, and
//! tests — the same functions are ordinary code.

/// The code of a part could not be fetched.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("{}", texts::shell::part_not_loaded())]
pub struct NotFetched;

#[cfg(feature = "lazy")]
impl From<leptos::wasm_split::SplitLoaderError> for NotFetched {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// A function whose code is in a part of its own. Splitting makes it asynchronous;
/// without it, it is written so.
macro_rules! fetched_part {
    ($part:ident: $(#[$doc:meta])* $public:vis fn $name:ident($($argument:ident: $kind:ty)?) -> $answer:ty { $($body:tt)* }) => {
        #[cfg(feature = "lazy")]
        #[leptos::wasm_split::wasm_split($part, wasm_split_path = leptos::wasm_split, fallible)]
        $(#[$doc])*
        $public fn $name($($argument: $kind)?) -> Result<$answer, crate::part::NotFetched> {
            Ok({ $($body)* })
        }

        #[cfg(not(feature = "lazy"))]
        $(#[$doc])*
        $public async fn $name($($argument: $kind)?) -> Result<$answer, crate::part::NotFetched> {
            Ok({ $($body)* })
        }
    };
}

pub(crate) use fetched_part;
