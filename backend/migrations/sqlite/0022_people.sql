-- How many users and administrators there may be; no limit where absent.
ALTER TABLE organisations ADD COLUMN seats BIGINT;
-- The addresses that follow every new case: a JSON array, in lower case.
ALTER TABLE organisations ADD COLUMN default_watchers TEXT NOT NULL DEFAULT '[]';
-- When somebody used the portal last, to the hour.
ALTER TABLE people ADD COLUMN seen_at BIGINT;
-- Of the support team: reads the audit log.
ALTER TABLE people ADD COLUMN lead BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE memberships ADD COLUMN since BIGINT NOT NULL DEFAULT 0;
UPDATE memberships SET since = (SELECT p.created_at FROM people p WHERE p.id = memberships.person_id);

-- Who belonged to an organisation. They are kept apart from those who do, so that nothing
-- that looks for members finds them.
CREATE TABLE former_members (
    person_id TEXT NOT NULL REFERENCES people (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    role TEXT NOT NULL CHECK (role IN ('user', 'administrator', 'partner')),
    since BIGINT NOT NULL,
    PRIMARY KEY (person_id, organisation_id)
);
CREATE INDEX former_members_by_organisation ON former_members (organisation_id);

-- Who may become a member; gone once accepted or withdrawn.
CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    -- Lower case.
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('user', 'administrator', 'partner')),
    invited_by TEXT NOT NULL REFERENCES people (id),
    -- When it was mailed last.
    invited_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- SHA-256 of the token of its link, in hexadecimal.
    token_hash TEXT NOT NULL UNIQUE,
    UNIQUE (organisation_id, email)
);

-- Which partners want to work for whom. What they asked for need not exist.
CREATE TABLE partnership_requests (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    asked_for TEXT NOT NULL,
    -- The same in lower case.
    key TEXT NOT NULL,
    organisation_id TEXT REFERENCES organisations (id),
    note TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    UNIQUE (person_id, key)
);
CREATE INDEX partnership_requests_by_organisation ON partnership_requests (organisation_id);

-- Mails about accounts, until they are sent: some hold a link by which one gets in.
CREATE TABLE account_mails (
    id TEXT PRIMARY KEY,
    -- What it is taken back by.
    about TEXT NOT NULL,
    email TEXT NOT NULL,
    name TEXT,
    -- A BCP 47 tag.
    language TEXT NOT NULL,
    -- JSON.
    content TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- When it is tried next.
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX account_mails_due ON account_mails (due_at);
CREATE INDEX account_mails_about ON account_mails (about);
DROP INDEX account_links_due;
ALTER TABLE account_links DROP COLUMN token;
ALTER TABLE account_links DROP COLUMN language;
ALTER TABLE account_links DROP COLUMN due_at;
ALTER TABLE account_links DROP COLUMN attempts;

-- The authenticator apps of those who sign in with one.
CREATE TABLE second_factors (
    person_id TEXT PRIMARY KEY REFERENCES people (id),
    -- Base 32.
    secret TEXT NOT NULL,
    -- When it was confirmed; nothing is asked for before.
    since BIGINT,
    -- The step (RFC 6238, 4.1) of the last code that was taken: none is good twice.
    last_step BIGINT NOT NULL DEFAULT 0,
    -- Wrong codes one after the other, and until when none is looked at.
    misses BIGINT NOT NULL DEFAULT 0,
    shut_until BIGINT NOT NULL DEFAULT 0
);

-- Codes that stand in for an app, as SHA-256 in hexadecimal; gone once used.
CREATE TABLE recovery_codes (
    person_id TEXT NOT NULL REFERENCES people (id),
    code_hash TEXT NOT NULL,
    PRIMARY KEY (person_id, code_hash)
);

-- By which programs come in place of a person.
CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    name TEXT NOT NULL,
    -- A JSON array.
    scopes TEXT NOT NULL,
    -- The last four characters.
    ending TEXT NOT NULL,
    -- SHA-256, in hexadecimal.
    token_hash TEXT NOT NULL UNIQUE,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- To the hour.
    used_at BIGINT
);
CREATE INDEX tokens_by_person ON tokens (person_id);

-- What was done beside the cases. Rows are only ever added; of what they say of people,
-- `text` and `origin` can be taken away, and nothing else can be changed.
CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    act TEXT NOT NULL,
    organisation_id TEXT REFERENCES organisations (id),
    actor_id TEXT REFERENCES people (id),
    person_id TEXT REFERENCES people (id),
    other_id TEXT REFERENCES people (id),
    case_number BIGINT,
    text TEXT,
    count BIGINT,
    -- The network address it was done from.
    origin TEXT
);
CREATE INDEX audit_by_organisation ON audit (organisation_id, id);
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is kept');
END;
CREATE TRIGGER audit_stands
BEFORE UPDATE OF id, at, act, organisation_id, actor_id, person_id, other_id, case_number, count ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is kept');
END;
CREATE TRIGGER audit_is_not_written_anew BEFORE UPDATE OF text, origin ON audit
WHEN COALESCE(NEW.text, OLD.text) IS NOT OLD.text OR COALESCE(NEW.origin, OLD.origin) IS NOT OLD.origin BEGIN
    SELECT RAISE(ABORT, 'the audit log is kept');
END;
