//! A form whose catalogue changed while it was filled in.

use leptos::prelude::*;
use ui::{Banner, Tone};

use super::filing::Filing;
use crate::remote::{Remote, catalogue};

impl Filing {
    /// Takes the type's newest form over, where there is another one by now. Nothing
    /// that was answered is lost: it stands where it is still asked.
    pub async fn renew(self, remote: Remote) -> bool {
        let Ok(newest) = catalogue::catalogue(remote).await else { return false };
        let known = self.catalogue.try_with_value(|catalogue| catalogue.version == newest.version);
        let case_type = self.case_type.try_with_value(|t| newest.case_type(&t.id).cloned()).flatten();
        let (Some(false), Some(case_type)) = (known, case_type) else { return false };
        self.case_type.set_value(case_type);
        self.catalogue.set_value(newest);
        self.renewed.set(true);
        // What is asked is worked out of the draft.
        self.draft.update(|_| {});
        true
    }
}

/// That the form is another one now.
pub fn notice(filing: Filing) -> AnyView {
    ui::shown(move || {
        filing.renewed.get().then(|| {
            view! {
                <Banner tone=Tone::Info live=true>
                    <p>{texts::assistant::form_has_changed()}</p>
                </Banner>
            }
        })
    })
}
