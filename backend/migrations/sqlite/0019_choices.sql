-- What people chose to be told of, JSON.
ALTER TABLE people ADD COLUMN choices TEXT NOT NULL DEFAULT '{}';

-- Of which cases people want to be told nothing.
CREATE TABLE mutes (
    person_id TEXT NOT NULL REFERENCES people (id),
    case_id TEXT NOT NULL REFERENCES cases (id),
    PRIMARY KEY (person_id, case_id)
);

-- What a watcher's link to stop following is matched by; nobody guesses it.
ALTER TABLE watchers ADD COLUMN token TEXT;
UPDATE watchers SET token = LOWER(HEX(RANDOMBLOB(16)));
CREATE UNIQUE INDEX watchers_by_token ON watchers (token);

-- Mails once more: reminders are a kind of their own, and mails that are sent as one have
-- the same `digest`, which says to whom and when.
CREATE TABLE mails_with_digests (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    kind TEXT NOT NULL CHECK (kind IN ('receipt', 'change_request', 'eta', 'emergency', 'comment', 'reminder')),
    status TEXT NOT NULL,
    address TEXT NOT NULL,
    name TEXT,
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    sent_at BIGINT,
    refusal TEXT,
    digest TEXT,
    UNIQUE (entry_id, kind, address)
);
INSERT INTO mails_with_digests SELECT id, case_id, entry_id, kind, status, address, name, language, created_at,
    due_at, attempts, sent_at, refusal, NULL FROM mails;
DROP TABLE mails;
ALTER TABLE mails_with_digests RENAME TO mails;
CREATE INDEX mails_due ON mails (due_at, id) WHERE sent_at IS NULL AND refusal IS NULL;
CREATE INDEX mails_by_time ON mails (created_at);
CREATE INDEX mails_by_digest ON mails (digest) WHERE sent_at IS NULL AND digest IS NOT NULL;

-- Cases that wait for the customer, and closed ones whose survey is open.
CREATE INDEX cases_that_wait ON cases (status) WHERE status IN ('waiting_for_customer', 'solution_proposed');
CREATE INDEX cases_to_survey ON cases (closed_at) WHERE survey AND NOT surveyed;
