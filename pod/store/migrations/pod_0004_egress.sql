-- What left with each answer, and how the journal is closed. `form` says which columns the hash of
-- a line is made of: 1 for the lines from before. Lists are texts with spaces between. `rows` and
-- `bytes` are NULL where it is not known how much left.
ALTER TABLE journal ADD COLUMN form INTEGER NOT NULL DEFAULT 1;
ALTER TABLE journal ADD COLUMN purpose TEXT;
ALTER TABLE journal ADD COLUMN grants TEXT NOT NULL DEFAULT '';
ALTER TABLE journal ADD COLUMN categories TEXT NOT NULL DEFAULT '';
ALTER TABLE journal ADD COLUMN fields TEXT NOT NULL DEFAULT '';
ALTER TABLE journal ADD COLUMN query TEXT;
ALTER TABLE journal ADD COLUMN rows INTEGER;
ALTER TABLE journal ADD COLUMN bytes INTEGER;
ALTER TABLE journal ADD COLUMN precision TEXT;

-- The signature over the last line of the journal, made anew with every commit.
ALTER TABLE state ADD COLUMN journal_seal BLOB;

-- A signed root for each day with lines, by the number of the last of them: a compact JWS.
CREATE TABLE journal_root (
    seq INTEGER NOT NULL PRIMARY KEY,
    jws TEXT NOT NULL
) STRICT;
