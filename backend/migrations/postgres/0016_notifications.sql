-- What people are told in the portal: of each thing that was done, one entry of the case.
CREATE TABLE notifications (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    case_id TEXT NOT NULL REFERENCES cases (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    -- The entry's.
    position BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    -- The marking by which it was read; none while it is unread.
    mark TEXT
);
CREATE INDEX notifications_by_person ON notifications (person_id, created_at, id);
CREATE INDEX notifications_by_mark ON notifications (person_id, mark);
CREATE INDEX notifications_unread ON notifications (person_id, case_id, position) WHERE mark IS NULL;
