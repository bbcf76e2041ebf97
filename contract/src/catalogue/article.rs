//! Help articles, found by what is asked.

use serde::{Deserialize, Serialize};

use super::Catalogue;
use crate::words::{shared, telling};

/// A page that may answer a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// What it is called.
    pub title: String,
    /// Where it is: `http` or `https`.
    pub url: String,
    /// Words it is found by, beside those of its title.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
}

impl Article {
    fn shares(&self, telling: &[String]) -> usize {
        let text = format!("{} {}", self.title, self.words.join(" ")).to_lowercase();
        shared(telling, &text)
    }
}

impl Catalogue {
    /// All help articles, those that share most telling words with what was typed first.
    #[must_use]
    pub fn articles_best_first(&self, typed: &str) -> Vec<&Article> {
        let telling = telling(typed);
        let mut articles: Vec<_> = self.articles.iter().collect();
        articles.sort_by_key(|article| std::cmp::Reverse(article.shares(&telling)));
        articles
    }

    /// The help articles that share a telling word with what was typed, best first.
    #[must_use]
    pub fn articles_about(&self, typed: &str) -> Vec<&Article> {
        let telling = telling(typed);
        let mut articles = self.articles_best_first(typed);
        articles.retain(|article| article.shares(&telling) > 0);
        articles
    }
}
