-- The development team's ticket, as support keeps it up by hand.
ALTER TABLE cases ADD COLUMN jira_key TEXT;
ALTER TABLE cases ADD COLUMN jira_url TEXT;
ALTER TABLE cases ADD COLUMN jira_status TEXT;
-- What became of the customer's wish for another priority, and since when.
ALTER TABLE cases ADD COLUMN review TEXT;
ALTER TABLE cases ADD COLUMN reviewed_at BIGINT;
-- The entry with the solution proposed last, unless it was rejected.
ALTER TABLE cases ADD COLUMN solution_id TEXT REFERENCES entries (id);
-- Of a closed case: who closed it, and whether by accepting the solution.
ALTER TABLE cases ADD COLUMN closed_by_id TEXT REFERENCES people (id);
ALTER TABLE cases ADD COLUMN accepted BOOLEAN NOT NULL DEFAULT FALSE;
-- Whether the survey is answered or skipped.
ALTER TABLE cases ADD COLUMN surveyed BOOLEAN NOT NULL DEFAULT FALSE;

-- When support said that a case may be solved.
CREATE TABLE etas (
    case_id TEXT NOT NULL REFERENCES cases (id),
    -- The place in the timeline of the event that tells it.
    position BIGINT NOT NULL,
    -- A day such as 2026-03-01; absent where what was said before was taken back.
    day TEXT,
    author_id TEXT NOT NULL REFERENCES people (id),
    said_at BIGINT NOT NULL,
    PRIMARY KEY (case_id, position)
);

-- How it went; without grades where the requester would rather not say.
CREATE TABLE surveys (
    case_id TEXT PRIMARY KEY REFERENCES cases (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    effort BIGINT CHECK (effort BETWEEN 1 AND 5),
    satisfaction BIGINT CHECK (satisfaction BETWEEN 1 AND 5),
    comment TEXT,
    answered_at BIGINT NOT NULL,
    CHECK ((effort IS NULL) = (satisfaction IS NULL))
);

-- Texts to find a case by may change.
CREATE INDEX search_words_by_case ON search_words (case_id);
