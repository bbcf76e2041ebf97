-- What support tells everybody, as it was posted and, without a text, taken back.
CREATE TABLE notices (
    version BIGINT NOT NULL PRIMARY KEY,
    tone TEXT,
    text TEXT,
    until_at BIGINT,
    person_id TEXT NOT NULL REFERENCES people (id),
    created_at BIGINT NOT NULL
);
