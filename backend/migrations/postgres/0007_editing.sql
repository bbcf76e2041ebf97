-- The texts that messages had before they were edited.
CREATE TABLE earlier_texts (
    entry_id TEXT COLLATE "C" NOT NULL REFERENCES entries (id),
    -- How often the message had been edited by then.
    edit BIGINT NOT NULL,
    -- The entry's content at that time, JSON.
    content TEXT COLLATE "C" NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (entry_id, edit)
);

-- The message that words come from, so that they change with it.
ALTER TABLE search_words ADD COLUMN entry_id TEXT COLLATE "C" REFERENCES entries (id);
CREATE INDEX search_words_by_entry ON search_words (entry_id);
