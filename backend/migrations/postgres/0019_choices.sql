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
