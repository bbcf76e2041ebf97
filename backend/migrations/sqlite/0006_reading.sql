-- How far each person has read each case.
CREATE TABLE reads (
    person_id TEXT NOT NULL REFERENCES people (id),
    case_id TEXT NOT NULL REFERENCES cases (id),
    -- The position of the last entry read.
    position BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (person_id, case_id)
);

-- Whether somebody said it, rather than that it happened.
ALTER TABLE entries ADD COLUMN message BOOLEAN NOT NULL GENERATED ALWAYS AS (content LIKE '{"message":%') VIRTUAL;
-- All that counting entries before and behind a place looks at.
CREATE INDEX entries_by_kind ON entries (case_id, position, internal, message);
