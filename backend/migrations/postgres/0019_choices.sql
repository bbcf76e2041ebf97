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
UPDATE watchers SET token = REPLACE(GEN_RANDOM_UUID()::TEXT, '-', '');
CREATE UNIQUE INDEX watchers_by_token ON watchers (token);

-- Mails that are sent as one have the same, which says to whom and when.
ALTER TABLE mails ADD COLUMN digest TEXT;
CREATE INDEX mails_by_digest ON mails (digest) WHERE sent_at IS NULL AND digest IS NOT NULL;

-- Reminders are mails of a kind of their own.
ALTER TABLE mails DROP CONSTRAINT mails_kind_check;
ALTER TABLE mails ADD CONSTRAINT mails_kind_check CHECK (kind IN ('receipt', 'change_request', 'eta', 'emergency', 'comment', 'reminder'));

-- Cases that wait for the customer, and closed ones whose survey is open.
CREATE INDEX cases_that_wait ON cases (status) WHERE status IN ('waiting_for_customer', 'solution_proposed');
CREATE INDEX cases_to_survey ON cases (closed_at) WHERE survey AND NOT surveyed;
