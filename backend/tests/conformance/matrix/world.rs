//! Everybody who might ask, and what they might ask for, made anew for each request.

use chrono::TimeDelta;
use contract::Entry;
use reqwest::{Method, header};
use sea_orm::Value as Bound;
use serde_json::{Value, json};
use uuid::Uuid;

use super::rows::{Row, Target};
use crate::harness::{Answer, Client, Draft, Portal, Sample, fresh_key, now, quick_hash};

/// Who asks. Everything asked for is Acme's, and Jana Vogel's where it is a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Nobody signed in.
    Anonymous,
    /// Jana Vogel, a user of Acme.
    Customer,
    /// Another user of Acme.
    Colleague,
    /// A user of another organisation.
    Stranger,
    /// A portal administrator of Acme.
    Administrator,
    /// A portal administrator of another organisation.
    OtherAdministrator,
    /// Who works for Acme.
    Partner,
    /// Who worked for Acme, and works for another organisation still.
    EndedPartner,
    /// Of the support team.
    Analyst,
    /// A user of Acme who was deactivated, in a browser that is still open.
    Deactivated,
    /// A program with a token of the administrator's that reads cases.
    Reading,
    /// The same that writes them.
    Writing,
    /// The same that looks after people.
    Managing,
}

impl Who {
    /// Everybody, in the order of the columns.
    pub const ALL: [Self; 13] = [
        Self::Anonymous,
        Self::Customer,
        Self::Colleague,
        Self::Stranger,
        Self::Administrator,
        Self::OtherAdministrator,
        Self::Partner,
        Self::EndedPartner,
        Self::Analyst,
        Self::Deactivated,
        Self::Reading,
        Self::Writing,
        Self::Managing,
    ];

    const fn email(self) -> &'static str {
        match self {
            Self::Anonymous | Self::Customer => "customer@acme.test",
            Self::Colleague => "colleague@acme.test",
            Self::Stranger => "user@nordwerk.test",
            Self::Administrator | Self::Reading | Self::Writing | Self::Managing => "admin@acme.test",
            Self::OtherAdministrator => "admin@nordwerk.test",
            Self::Partner => "partner@agency.test",
            Self::EndedPartner => "former@agency.test",
            Self::Analyst => "analyst@support.test",
            Self::Deactivated => "left@acme.test",
        }
    }

    const fn scope(self) -> Option<&'static str> {
        match self {
            Self::Reading => Some("[\"read_cases\"]"),
            Self::Writing => Some("[\"write_cases\"]"),
            Self::Managing => Some("[\"manage_people\"]"),
            _ => None,
        }
    }
}

/// What was answered.
pub struct Asked {
    /// When asking for what is Acme's.
    pub theirs: Answer,
    /// When asking the same of what is not there.
    pub absent: Option<Answer>,
}

/// A portal with all of them.
pub struct World {
    /// The portal.
    pub portal: Portal,
}

/// What stands in a path in place of a name in braces: of something, and of nothing.
struct Names(Vec<(&'static str, String, String)>);

impl Names {
    fn none() -> Self {
        Self(vec![("fresh", fresh_key(), fresh_key())])
    }

    fn and(mut self, name: &'static str, value: &impl ToString) -> Self {
        let value = value.to_string();
        let absent = match value.strip_prefix("CS-") {
            Some(_) => "CS-004711".to_owned(),
            None if value.parse::<Uuid>().is_ok() => Uuid::now_v7().to_string(),
            None => "guessed".to_owned(),
        };
        self.0.push((name, value, absent));
        self
    }

    fn filled(&self, text: &str, absent: bool) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, value, other)| {
            text.replace(&format!("{{{name}}}"), if absent { other } else { value })
        })
    }
}

impl World {
    pub async fn new(portal: Portal) -> Self {
        let world = Self { portal };
        let (acme, nordwerk) = (world.portal.people.acme, world.portal.people.nordwerk);
        world.person("admin@nordwerk.test", Some((nordwerk, "administrator"))).await;
        let former = world.person("former@agency.test", Some((nordwerk, "partner"))).await;
        let left = world.person("left@acme.test", None).await;
        for (person, role) in [(former, "partner"), (left, "user")] {
            let sql =
                "INSERT INTO former_members (person_id, organisation_id, role, since) VALUES ($1, $2, $3, 0)";
            world.portal.sql(sql, [person.to_string().into(), acme.to_string().into(), role.into()]).await;
        }
        world.portal.sql("UPDATE people SET active = FALSE WHERE email = 'left@acme.test'", []).await;
        world
    }

    /// Adds somebody.
    async fn person(&self, email: &str, place: Option<(Uuid, &str)>) -> Uuid {
        let id = Uuid::now_v7();
        let sql = "INSERT INTO people (id, email, name, password, support, active, created_at) \
                   VALUES ($1, $2, $2, $3, FALSE, TRUE, 0)";
        self.portal.sql(sql, [id.to_string().into(), email.into(), quick_hash().into()]).await;
        if let Some((organisation, role)) = place {
            let sql = "INSERT INTO memberships (person_id, organisation_id, role) VALUES ($1, $2, $3)";
            self.portal.sql(sql, [id.to_string().into(), organisation.to_string().into(), role.into()]).await;
        }
        id
    }

    async fn id(&self, email: &str) -> String {
        #[derive(sea_orm::FromQueryResult)]
        struct Found {
            id: String,
        }
        use casement_backend::store::Sql;
        let reader = self.portal.app().store.reader();
        let found = reader.row::<Found>("SELECT id FROM people WHERE email = $1", [email.into()]).await;
        found.expect("the query runs").expect("somebody").id
    }

    /// Somebody with a session, or a token, that nobody used before.
    pub async fn client(&self, who: Who) -> Client {
        let anonymous = self.portal.anonymous();
        if who == Who::Anonymous {
            return anonymous;
        }
        let (secret, person) = (fresh_key(), self.id(who.email()).await);
        let far = (now() + TimeDelta::days(300)).timestamp_micros();
        if let Some(scopes) = who.scope() {
            let sql = "INSERT INTO tokens (id, person_id, name, scopes, ending, token_hash, made_at, expires_at) \
                       VALUES ($1, $2, 'A program', $3, '', $4, 0, $5)";
            // Nobody has tokens without end.
            self.portal.sql("DELETE FROM tokens WHERE name <> 'Hers'", []).await;
            let id = Uuid::now_v7().to_string();
            self.portal
                .sql(sql, [id.into(), person.into(), scopes.into(), hash(&secret).into(), far.into()])
                .await;
            return Client { bearer: Some(secret), ..anonymous };
        }
        let sql =
            "INSERT INTO sessions (token_hash, person_id, created_at, expires_at) VALUES ($1, $2, 0, $3)";
        self.portal.sql(sql, [hash(&secret).into(), person.into(), far.into()]).await;
        Client { cookie: Some(format!("casement={secret}")), ..anonymous }
    }

    /// Asks as somebody for something made anew, and where that is not there for them, for
    /// something that is not there at all.
    pub async fn ask(&self, who: Who, row: &Row) -> Asked {
        let names = self.make(row.target).await;
        let client = self.client(who).await;
        let theirs = self.send(&client, row, &names, false).await;
        let absent = match theirs.status {
            404 => Some(self.send(&client, row, &names, true).await),
            _ => None,
        };
        Asked { theirs, absent }
    }

    async fn send(&self, client: &Client, row: &Row, names: &Names, absent: bool) -> Answer {
        let (method, path) = row.operation.split_once(' ').expect("a method and a path");
        let path = names.filled(&format!("{path}{}", row.query), absent);
        let request = client.request(method.parse::<Method>().expect("a method"), &path);
        let request = request.header("idempotency-key", fresh_key()).header(header::IF_MATCH, row.version);
        let request = request.header("tus-resumable", "1.0.0").header("upload-length", "4");
        let request = request.header("upload-metadata", "filename dC50eHQ=").header("upload-offset", "0");
        let request = match row.body {
            "" => request,
            "piece" => request.header("content-type", "application/offset+octet-stream").body("text"),
            body => {
                // A body names what is there: whether a place is looked at is another test's.
                let body: Value = serde_json::from_str(&names.filled(body, false)).expect("JSON");
                request.json(&body)
            }
        };
        let mut response = request.send().await.expect("the server answers");
        if path.starts_with("/events") && response.status() == 200 {
            // It has no end.
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let first = response.chunk().await.expect("a piece");
            return Answer { status, headers, body: format!("{first:?}") };
        }
        if method == "HEAD" || method == "OPTIONS" {
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            return Answer { status, headers, body: String::new() };
        }
        Answer::read(response).await
    }

    /// Who works for Acme does, whatever they did before.
    async fn restore_partner(&self) {
        let (acme, partner) = (self.portal.people.acme.to_string(), self.id(Who::Partner.email()).await);
        let sql = "INSERT INTO memberships (person_id, organisation_id, role) VALUES ($1, $2, 'partner') \
                   ON CONFLICT DO NOTHING";
        self.portal.sql(sql, [partner.into(), acme.into()]).await;
    }

    /// Makes what is asked for; what is a person's own is Jana Vogel's.
    async fn make(&self, target: Target) -> Names {
        self.restore_partner().await;
        let acme = self.portal.people.acme;
        let customer = self.client(Who::Customer).await;
        let file = async || customer.file(&Draft::problem("What is asked for")).await.summary.number;
        let jana = self.id("customer@acme.test").await;
        let far = (now() + TimeDelta::days(300)).timestamp_micros();
        let sql = async |sql: &str, values: Vec<Bound>| self.portal.sql(sql, values).await;
        let fresh = Uuid::now_v7();
        match target {
            Target::Nothing => Names::none(),
            Target::Case => Names::none().and("number", &file().await),
            Target::Closed => {
                let number = file().await;
                customer.act(&number.to_string(), contract::Action::Close, None).await;
                Names::none().and("number", &number)
            }
            Target::Message => {
                let number = file().await;
                let Entry { id, .. } = customer.reply(&number.to_string(), "A message").await;
                Names::none().and("number", &number).and("id", &id)
            }
            Target::Attachment => {
                let number = file().await;
                customer.attach(&number.to_string(), "Files", &[Sample::zip("a.zip", &["a.txt"])]).await;
                let attached = customer.attachments(&number.to_string()).await.remove(0);
                Names::none().and("number", &number).and("id", &attached.file.id)
            }
            Target::Picture => {
                let number = file().await;
                customer.attach(&number.to_string(), "Files", &[Sample::png("a.png")]).await;
                let attached = customer.attachments(&number.to_string()).await.remove(0);
                Names::none().and("number", &number).and("id", &attached.file.id)
            }
            Target::Watched => {
                let number = file().await;
                customer.put(&format!("/cases/{number}/watchers/w@acme.test"), &json!({})).await.expect(200);
                Names::none().and("number", &number).and("who", &"w@acme.test")
            }
            Target::Watcher => {
                let number = file().await;
                Names::none().and("number", &number).and("who", &"w@acme.test")
            }
            Target::Upload => Names::none().and("id", &customer.begin("t.txt", 4).await),
            Target::View => {
                let view = json!({ "name": fresh_key(), "parameters": [], "shared": false });
                let view = customer.put("/views", &view).await.expect(200).json::<Value>();
                Names::none().and("id", &view["id"].as_str().expect("an id"))
            }
            Target::Session => {
                let secret = format!("{:0>64}", format!("{:x}", fresh.as_u128()));
                let text = "INSERT INTO sessions (token_hash, person_id, created_at, expires_at) VALUES ($1, $2, 0, $3)";
                let reversed: String = secret.chars().rev().collect();
                sql(text, vec![reversed.clone().into(), jana.into(), far.into()]).await;
                Names::none().and("id", &reversed.get(..32).expect("32 digits"))
            }
            Target::Token => {
                let text = "INSERT INTO tokens (id, person_id, name, scopes, ending, token_hash, made_at, expires_at) \
                            VALUES ($1, $2, 'Hers', '[]', '', $1, 0, $3)";
                sql(text, vec![fresh.to_string().into(), jana.into(), far.into()]).await;
                Names::none().and("id", &fresh)
            }
            Target::Asked | Target::Request => {
                let person = match target {
                    Target::Asked => jana,
                    _ => self.person(&format!("{fresh}@agency.test"), None).await.to_string(),
                };
                let text = "INSERT INTO partnership_requests (id, person_id, asked_for, key, organisation_id, note, asked_at) \
                            VALUES ($1, $2, 'Acme', $1, $3, '', 0)";
                sql(text, vec![fresh.to_string().into(), person.into(), acme.to_string().into()]).await;
                let names = Names::none().and("request", &fresh);
                if target == Target::Asked { names.and("id", &fresh) } else { names.and("id", &acme) }
            }
            Target::Organisation => Names::none().and("id", &acme).and("organisation", &acme),
            Target::Member => {
                let person = self.person(&format!("{fresh}@acme.test"), Some((acme, "user"))).await;
                let heir = self.id("colleague@acme.test").await;
                Names::none().and("id", &acme).and("person", &person).and("heir", &heir)
            }
            Target::Partner => Names::none().and("organisation", &acme),
            Target::Invitation | Target::InvitationLink => {
                let inviter = self.id("admin@acme.test").await;
                let text = "INSERT INTO invitations (id, organisation_id, email, role, invited_by, invited_at, expires_at, \
                            token_hash) VALUES ($1, $2, $3, 'user', $4, 0, $5, $6)";
                let email = format!("{fresh}@invited.test");
                let values = [fresh.to_string(), acme.to_string(), email, inviter].map(Bound::from);
                let more = [far.into(), hash(&fresh.to_string()).into()];
                sql(text, values.into_iter().chain(more).collect()).await;
                Names::none().and("id", &acme).and("invitation", &fresh).and("token", &fresh)
            }
            Target::PasswordLink => {
                let person = self.person(&format!("{fresh}@forgot.test"), None).await;
                let text = "INSERT INTO account_links (token_hash, person_id, created_at, expires_at) VALUES ($1, $2, 0, $3)";
                sql(text, vec![hash(&fresh.to_string()).into(), person.to_string().into(), far.into()]).await;
                Names::none().and("token", &fresh)
            }
            Target::WayOut => {
                let number = file().await;
                customer.put(&format!("/cases/{number}/watchers/w@acme.test"), &json!({})).await.expect(200);
                let text =
                    "UPDATE watchers SET token = $1 WHERE case_id = (SELECT id FROM cases WHERE number = $2)";
                sql(text, vec![fresh.to_string().into(), number.0.into()]).await;
                Names::none().and("token", &fresh)
            }
            Target::Mark => Names::none().and("mark", &fresh),
        }
    }
}

fn hash(token: &str) -> String {
    casement_backend::accounts::hash(token)
}
