//! What a new form may begin with: what an address says, or the answers of an
//! earlier case.

use super::{Answer, Answers, Asking, CaseType, Kind, Question};
use crate::case::AskedAnswer;

/// How much of a case's answers a form begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    /// Another case of the same sort: all that does not belong to a moment.
    Similar,
    /// What comes after it: the same, but for what was told at length.
    FollowUp,
    /// The very same case, to be corrected: all of it.
    Correction,
}

impl CaseType {
    /// The answers that the names and values of an address give. Names of no
    /// question and values that are no answer are left out.
    pub fn prefilled<'a>(
        &self,
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
        asking: Asking<'_>,
    ) -> Answers {
        let read = pairs.into_iter().filter_map(|(name, text)| {
            let question = self.question(name)?;
            Some((question.id.clone(), question.takes(question.read(text)?, asking)?))
        });
        read.collect()
    }

    /// The answers of an earlier case that hold for a new one: those to questions that
    /// are still asked in the same way, with options that are still offered. For another
    /// case times have passed since, and what was confirmed must be confirmed anew.
    #[must_use]
    pub fn carried_over(&self, submission: &[AskedAnswer], carried: Carried, asking: Asking<'_>) -> Answers {
        let kept = submission.iter().filter_map(|asked| {
            let question = self.question(&asked.question).filter(|question| question.kind == asked.kind)?;
            let stays = match question.kind {
                Kind::Date | Kind::DateTime | Kind::DateTimeRange => carried == Carried::Correction,
                Kind::LongText => carried != Carried::FollowUp,
                _ => true,
            };
            let answer = stays.then(|| question.takes(asked.answer.clone(), asking))??;
            Some((question.id.clone(), answer))
        });
        kept.collect()
    }

    fn question(&self, id: &str) -> Option<&Question> {
        self.questions().find(|question| question.id == id)
    }
}

impl Question {
    /// The answer that a text in an address stands for.
    fn read(&self, text: &str) -> Option<Answer> {
        let list = || Answer::List(text.split(',').map(|entry| entry.trim().to_owned()).collect());
        match self.kind {
            Kind::YesNo => match text {
                "yes" => Some(Answer::Flag(true)),
                "no" => Some(Answer::Flag(false)),
                _ => None,
            },
            Kind::Number => text.trim().parse().ok().map(Answer::Number),
            Kind::Choices | Kind::Emails | Kind::CidrList => Some(list()),
            Kind::DateTimeRange => {
                let (from, to) = text.split_once('/')?;
                Some(Answer::Range { from: from.to_owned(), to: to.to_owned() })
            }
            _ => Some(Answer::Text(text.to_owned())),
        }
    }

    /// The answer as the question's control can show it. What is typed may be wrong,
    /// since the form shows it and says how to mend it; what is chosen must be there to
    /// choose. Nobody confirms a statement, attaches files or tells secrets this way.
    fn takes(&self, answer: Answer, asking: Asking<'_>) -> Option<Answer> {
        let taken = match (self.kind, answer) {
            (Kind::Acknowledgement | Kind::File | Kind::Secret, _) => None,
            (
                Kind::Text | Kind::LongText | Kind::Email | Kind::Url | Kind::Phone,
                answer @ Answer::Text(_),
            )
            | (Kind::Emails | Kind::CidrList, answer @ Answer::List(_)) => Some(answer),
            (Kind::Number, Answer::Number(number)) => number.is_finite().then_some(Answer::Number(number)),
            (Kind::Choices, Answer::List(mut values)) => {
                values.retain(|value| self.clean(&Answer::List(vec![value.clone()]), asking).is_ok());
                self.clean(&Answer::List(values), asking).ok()
            }
            (_, answer) => self.clean(&answer, asking).ok(),
        };
        taken.filter(|answer| !answer.is_empty())
    }
}
