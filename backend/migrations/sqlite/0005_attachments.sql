-- Files being brought, and those brought that went along with nothing yet.
CREATE TABLE uploads (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- Bytes, of the whole file and of what is here of it.
    size BIGINT NOT NULL,
    arrived BIGINT NOT NULL,
    -- Of the whole file, once it is checked and stored as one.
    sha256 TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX uploads_by_person ON uploads (person_id);
CREATE INDEX uploads_by_age ON uploads (created_at);

-- The files of cases.
CREATE TABLE attachments (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    internal BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX attachments_by_case ON attachments (case_id, created_at);
