-- One organisation's lists in any order of their own columns.
CREATE INDEX cases_by_creation ON cases (organisation_id, created_at, number);
CREATE INDEX cases_by_subject ON cases (organisation_id, subject_key, number);
CREATE INDEX cases_by_priority ON cases (organisation_id, priority_rank, number);
CREATE INDEX cases_by_rank ON cases (organisation_id, status_rank, number);
CREATE INDEX cases_by_turn ON cases (organisation_id, turn_at, number);
CREATE INDEX cases_by_impact ON cases (organisation_id, COALESCE(impact, ''), number);
CREATE INDEX cases_by_type ON cases (organisation_id, type_title, number);
CREATE INDEX cases_by_environment ON cases (organisation_id, COALESCE(environment, ''), number);
