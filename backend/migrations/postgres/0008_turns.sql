-- Since when it has been the turn of whoever's it is, or since when the case is closed.
-- Of cases of before it is not known better than this.
ALTER TABLE cases ADD COLUMN turn_at BIGINT;
UPDATE cases SET turn_at = COALESCE(closed_at, updated_at);
ALTER TABLE cases ALTER COLUMN turn_at SET NOT NULL;

-- What belongs to somebody, by where it stands.
DROP INDEX cases_by_requester;
DROP INDEX cases_by_filer;
CREATE INDEX cases_by_requester ON cases (requester_id, status, updated_at, number);
CREATE INDEX cases_by_filer ON cases (filer_id, status, updated_at, number);
-- All that is looked at to tell what lists can be narrowed to.
CREATE INDEX cases_by_facet ON cases (organisation_id, type_id, type_title, environment, requester_id, filer_id);
