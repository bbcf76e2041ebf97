-- Times are microseconds since 1970 UTC; ids are UUIDv7 texts; JSON is text.

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);

-- `stream` numbers live events, `case` numbers cases.
INSERT INTO counters (name, value) VALUES ('stream', 0), ('case', 0);

-- What was done once to the database as a whole, such as loading demo data.
CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE organisations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    -- 'organisation': every member sees every case; 'own': users see their own.
    visibility TEXT NOT NULL DEFAULT 'organisation' CHECK (visibility IN ('organisation', 'own')),
    created_at BIGINT NOT NULL
);

CREATE TABLE environments (
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    place BIGINT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (organisation_id, place),
    UNIQUE (organisation_id, name)
);

CREATE TABLE people (
    id TEXT PRIMARY KEY,
    -- Lower case.
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- An argon2id PHC string; absent for people who cannot sign in.
    password TEXT,
    support BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE memberships (
    person_id TEXT NOT NULL REFERENCES people (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    role TEXT NOT NULL CHECK (role IN ('user', 'administrator', 'partner')),
    PRIMARY KEY (person_id, organisation_id)
);
CREATE INDEX memberships_by_organisation ON memberships (organisation_id);

CREATE TABLE sessions (
    -- SHA-256 of the token, hex: the database never holds what signs in.
    token_hash TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE cases (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    requester_id TEXT NOT NULL REFERENCES people (id),
    filer_id TEXT NOT NULL REFERENCES people (id),
    type_id TEXT NOT NULL,
    type_title TEXT NOT NULL,
    catalogue_id TEXT NOT NULL,
    catalogue_version TEXT NOT NULL,
    queue TEXT NOT NULL,
    receipt TEXT NOT NULL,
    processing_time TEXT,
    subject TEXT NOT NULL,
    -- Lower case, for sorting alike on every database.
    subject_key TEXT NOT NULL,
    status TEXT NOT NULL,
    status_rank BIGINT NOT NULL GENERATED ALWAYS AS (CASE status
        WHEN 'received' THEN 0 WHEN 'diagnosis' THEN 1 WHEN 'waiting_for_customer' THEN 2
        WHEN 'waiting_for_support' THEN 3 WHEN 'solution_proposed' THEN 4 ELSE 5 END) STORED,
    impact TEXT,
    priority TEXT NOT NULL,
    -- The most pressing ranks highest, so that descending means urgent first.
    priority_rank BIGINT NOT NULL GENERATED ALWAYS AS (CASE priority
        WHEN 'urgent' THEN 3 WHEN 'high' THEN 2 WHEN 'medium' THEN 1 ELSE 0 END) STORED,
    environment TEXT,
    internal_reference TEXT,
    desired_date TEXT,
    additional_contact TEXT,
    -- The answers as they were asked, JSON.
    submission TEXT NOT NULL,
    -- The position of the newest timeline entry.
    last_position BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    closed_at BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX cases_by_update ON cases (organisation_id, updated_at, number);
CREATE INDEX cases_by_status ON cases (organisation_id, status, updated_at, number);
CREATE INDEX cases_of_all_by_update ON cases (updated_at, number);
CREATE INDEX cases_by_requester ON cases (requester_id);
CREATE INDEX cases_by_filer ON cases (filer_id);

-- Messages and events of a case, in one order.
CREATE TABLE entries (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    position BIGINT NOT NULL,
    author_id TEXT NOT NULL REFERENCES people (id),
    -- Notes of the support team: never answered to customers.
    internal BOOLEAN NOT NULL,
    -- The entry's content, JSON, as it is answered.
    content TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (case_id, position)
);

CREATE TABLE idempotency_keys (
    person_id TEXT NOT NULL REFERENCES people (id),
    key TEXT NOT NULL,
    -- SHA-256 of method, path and body, hex.
    fingerprint TEXT NOT NULL,
    -- The answer, JSON; absent only inside the transaction that makes it.
    answer TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- What the live stream sends. Ids are handed out in the order of commits, so a
-- reader that has seen an id has seen every smaller one.
CREATE TABLE stream (
    id BIGINT PRIMARY KEY,
    -- JSON: what happened and who may be told.
    signal TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Words to find cases by: one row for a submission, one for each message.
CREATE TABLE search_words (
    id INTEGER PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    internal BOOLEAN NOT NULL,
    -- Lower-case words parted by single blanks.
    words TEXT NOT NULL
);
CREATE VIRTUAL TABLE search_index USING fts5 (
    words, content = 'search_words', content_rowid = 'id', prefix = '2 3', detail = 'full',
    tokenize = 'unicode61 remove_diacritics 0'
);
CREATE TRIGGER search_words_added AFTER INSERT ON search_words BEGIN
    INSERT INTO search_index (rowid, words) VALUES (new.id, new.words);
END;
