-- Times are microseconds since 1970 UTC; ids are UUIDv7 texts; JSON is text.

CREATE TABLE counters (
    name TEXT COLLATE "C" PRIMARY KEY,
    value BIGINT NOT NULL
);

-- `stream` numbers live events, `case` numbers cases.
INSERT INTO counters (name, value) VALUES ('stream', 0), ('case', 0);

-- What was done once to the database as a whole, such as loading demo data.
CREATE TABLE facts (
    name TEXT COLLATE "C" PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
);

CREATE TABLE organisations (
    id TEXT COLLATE "C" PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL UNIQUE,
    -- 'organisation': every member sees every case; 'own': users see their own.
    visibility TEXT COLLATE "C" NOT NULL DEFAULT 'organisation' CHECK (visibility IN ('organisation', 'own')),
    created_at BIGINT NOT NULL
);

CREATE TABLE environments (
    organisation_id TEXT COLLATE "C" NOT NULL REFERENCES organisations (id),
    place BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organisation_id, place),
    UNIQUE (organisation_id, name)
);

CREATE TABLE people (
    id TEXT COLLATE "C" PRIMARY KEY,
    -- Lower case.
    email TEXT COLLATE "C" NOT NULL UNIQUE,
    name TEXT COLLATE "C" NOT NULL,
    -- An argon2id PHC string; absent for people who cannot sign in.
    password TEXT COLLATE "C",
    support BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE memberships (
    person_id TEXT COLLATE "C" NOT NULL REFERENCES people (id),
    organisation_id TEXT COLLATE "C" NOT NULL REFERENCES organisations (id),
    role TEXT COLLATE "C" NOT NULL CHECK (role IN ('user', 'administrator', 'partner')),
    PRIMARY KEY (person_id, organisation_id)
);
CREATE INDEX memberships_by_organisation ON memberships (organisation_id);

CREATE TABLE sessions (
    -- SHA-256 of the token, hex: the database never holds what signs in.
    token_hash TEXT COLLATE "C" PRIMARY KEY,
    person_id TEXT COLLATE "C" NOT NULL REFERENCES people (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE cases (
    id TEXT COLLATE "C" PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    organisation_id TEXT COLLATE "C" NOT NULL REFERENCES organisations (id),
    requester_id TEXT COLLATE "C" NOT NULL REFERENCES people (id),
    filer_id TEXT COLLATE "C" NOT NULL REFERENCES people (id),
    type_id TEXT COLLATE "C" NOT NULL,
    type_title TEXT COLLATE "C" NOT NULL,
    catalogue_id TEXT COLLATE "C" NOT NULL,
    catalogue_version TEXT COLLATE "C" NOT NULL,
    queue TEXT COLLATE "C" NOT NULL,
    receipt TEXT COLLATE "C" NOT NULL,
    processing_time TEXT COLLATE "C",
    subject TEXT COLLATE "C" NOT NULL,
    -- Lower case, for sorting alike on every database.
    subject_key TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    status_rank BIGINT NOT NULL GENERATED ALWAYS AS (CASE status
        WHEN 'received' THEN 0 WHEN 'diagnosis' THEN 1 WHEN 'waiting_for_customer' THEN 2
        WHEN 'waiting_for_support' THEN 3 WHEN 'solution_proposed' THEN 4 ELSE 5 END) STORED,
    impact TEXT COLLATE "C",
    priority TEXT COLLATE "C" NOT NULL,
    -- The most pressing ranks highest, so that descending means urgent first.
    priority_rank BIGINT NOT NULL GENERATED ALWAYS AS (CASE priority
        WHEN 'urgent' THEN 3 WHEN 'high' THEN 2 WHEN 'medium' THEN 1 ELSE 0 END) STORED,
    environment TEXT COLLATE "C",
    internal_reference TEXT COLLATE "C",
    desired_date TEXT COLLATE "C",
    additional_contact TEXT COLLATE "C",
    -- The answers as they were asked, JSON.
    submission TEXT COLLATE "C" NOT NULL,
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
    id TEXT COLLATE "C" PRIMARY KEY,
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    position BIGINT NOT NULL,
    author_id TEXT COLLATE "C" NOT NULL REFERENCES people (id),
    -- Notes of the support team: never answered to customers.
    internal BOOLEAN NOT NULL,
    -- The entry's content, JSON, as it is answered.
    content TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (case_id, position)
);

CREATE TABLE idempotency_keys (
    person_id TEXT COLLATE "C" NOT NULL REFERENCES people (id),
    key TEXT COLLATE "C" NOT NULL,
    -- SHA-256 of method, path and body, hex.
    fingerprint TEXT COLLATE "C" NOT NULL,
    -- The answer, JSON; absent only inside the transaction that makes it.
    answer TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- What the live stream sends. Ids are handed out in the order of commits, so a
-- reader that has seen an id has seen every smaller one.
CREATE TABLE stream (
    id BIGINT PRIMARY KEY,
    -- JSON: what happened and who may be told.
    signal TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL
);

-- Words to find cases by: one row for a submission, one for each message.
CREATE TABLE search_words (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    internal BOOLEAN NOT NULL,
    -- Lower-case words parted by single blanks.
    words TEXT NOT NULL,
    -- Straight from our own words: no dictionary, so both databases find alike.
    terms TSVECTOR NOT NULL GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED
);
CREATE INDEX search_words_by_term ON search_words USING gin (terms);
CREATE INDEX search_words_by_case ON search_words (case_id);
