-- Somebody who writes by mail and has no account: not active, and yet written to.
ALTER TABLE people ADD COLUMN guest BOOLEAN NOT NULL DEFAULT FALSE;

-- Mails that joined a case, so that none joins twice.
CREATE TABLE received_mails (
    -- Of sender and Message-ID, SHA-256 in hexadecimal.
    digest TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    -- Lower case.
    sender TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX received_mails_by_sender ON received_mails (case_id, sender, at);
