-- First pages of lists in other orders than the usual one, for those who see very many.
CREATE INDEX cases_of_all_by_creation ON cases (created_at, number);
CREATE INDEX cases_of_all_by_subject ON cases (subject_key, number);
CREATE INDEX cases_of_all_by_priority ON cases (priority_rank, number);
CREATE INDEX cases_of_all_by_status ON cases (status_rank, number);
CREATE INDEX cases_of_all_by_turn ON cases (turn_at, number);
CREATE INDEX cases_of_all_by_impact ON cases ((COALESCE(impact, '') COLLATE "C"), number);
CREATE INDEX cases_of_all_by_type ON cases ((type_title COLLATE "C"), number);
CREATE INDEX cases_of_all_by_environment ON cases ((COALESCE(environment, '') COLLATE "C"), number);
