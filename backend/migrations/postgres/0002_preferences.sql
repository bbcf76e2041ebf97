-- What people set for themselves: `contract::people::Preferences` as JSON.
ALTER TABLE people ADD COLUMN preferences TEXT NOT NULL DEFAULT '{}';
