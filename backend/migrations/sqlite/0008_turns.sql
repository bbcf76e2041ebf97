-- Since when it has been the turn of whoever's it is, or since when the case is closed.
ALTER TABLE cases ADD COLUMN turn_at BIGINT NOT NULL DEFAULT 0;
UPDATE cases SET turn_at = COALESCE(closed_at, updated_at);

-- Lists of what one requested or filed.
DROP INDEX cases_by_requester;
DROP INDEX cases_by_filer;
CREATE INDEX cases_by_requester ON cases (requester_id, updated_at, number);
CREATE INDEX cases_by_filer ON cases (filer_id, updated_at, number);
