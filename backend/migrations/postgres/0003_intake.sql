-- Who follows a case beside those it belongs to: a person of the organisation, or a
-- bare address (lower case).
CREATE TABLE watchers (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    person_id TEXT COLLATE "C" REFERENCES people (id),
    email TEXT COLLATE "C",
    added_at BIGINT NOT NULL,
    CHECK ((person_id IS NULL) <> (email IS NULL)),
    UNIQUE (case_id, person_id),
    UNIQUE (case_id, email)
);
CREATE INDEX watchers_by_person ON watchers (person_id, case_id);

-- Where the escalation stands, and since when; its history is in the timeline.
ALTER TABLE cases ADD COLUMN escalation TEXT COLLATE "C";
ALTER TABLE cases ADD COLUMN escalated_at BIGINT;
-- The closed case that this one takes up.
ALTER TABLE cases ADD COLUMN follows_id TEXT COLLATE "C" REFERENCES cases (id);
CREATE INDEX cases_by_followed ON cases (follows_id);
-- Whether the requester is asked how it went; cases of before were not promised it.
ALTER TABLE cases ADD COLUMN survey BOOLEAN NOT NULL DEFAULT FALSE;
