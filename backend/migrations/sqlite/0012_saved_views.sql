-- Lists that people keep under a name; with an organisation, for all who belong there.
CREATE TABLE saved_views (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    organisation_id TEXT REFERENCES organisations (id),
    name TEXT NOT NULL,
    -- `contract::saved_view::Parameter`s as JSON.
    parameters TEXT NOT NULL
);
CREATE UNIQUE INDEX saved_views_of_people ON saved_views (person_id, name) WHERE organisation_id IS NULL;
CREATE UNIQUE INDEX saved_views_of_organisations ON saved_views (organisation_id, name)
    WHERE organisation_id IS NOT NULL;
