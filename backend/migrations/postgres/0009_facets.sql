-- All that is looked at to tell what lists can be narrowed to: the cases themselves are
-- large, and there may be very many.
CREATE INDEX cases_by_facet ON cases (organisation_id, type_id, type_title, environment, requester_id, filer_id);
