-- The texts that messages had before they were edited.
CREATE TABLE earlier_texts (
    entry_id TEXT NOT NULL REFERENCES entries (id),
    -- How often the message had been edited by then.
    edit BIGINT NOT NULL,
    -- The entry's content at that time, JSON.
    content TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (entry_id, edit)
);

-- The message that words come from, so that they change with it.
ALTER TABLE search_words ADD COLUMN entry_id TEXT REFERENCES entries (id);
CREATE INDEX search_words_by_entry ON search_words (entry_id);
CREATE TRIGGER search_words_changed AFTER UPDATE ON search_words BEGIN
    INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.id, old.words);
    INSERT INTO search_index (rowid, words) VALUES (new.id, new.words);
END;
