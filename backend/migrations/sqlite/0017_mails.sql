-- What a reply by mail to a case is matched by; made for its first mail.
CREATE TABLE mail_threads (
    case_id TEXT PRIMARY KEY REFERENCES cases (id),
    tracking_id TEXT NOT NULL UNIQUE
);

-- Mails to send, written together with what they tell of.
CREATE TABLE mails (
    -- The left part of its Message-ID too, however often it is tried.
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    kind TEXT NOT NULL CHECK (kind IN ('receipt', 'change_request', 'eta', 'emergency', 'comment')),
    -- The case's status by then.
    status TEXT NOT NULL,
    -- Lower case.
    address TEXT NOT NULL,
    -- Of a person with an account.
    name TEXT,
    -- A BCP 47 tag.
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- When it is tried next.
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    sent_at BIGINT,
    -- Why it will not be tried again.
    refusal TEXT,
    UNIQUE (entry_id, kind, address)
);
CREATE INDEX mails_due ON mails (due_at, id) WHERE sent_at IS NULL AND refusal IS NULL;
CREATE INDEX mails_by_time ON mails (created_at);
