-- Links by which people set a password; gone once used.
CREATE TABLE account_links (
    -- SHA-256 of the token, in hexadecimal.
    token_hash TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    -- The token itself, until it is mailed.
    token TEXT,
    -- A BCP 47 tag.
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- When its mail is tried next.
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX account_links_by_person ON account_links (person_id);
CREATE INDEX account_links_due ON account_links (due_at) WHERE token IS NOT NULL;

-- What the browser said of itself when somebody signed in with it.
ALTER TABLE sessions ADD COLUMN agent TEXT;
CREATE INDEX sessions_by_person ON sessions (person_id);
