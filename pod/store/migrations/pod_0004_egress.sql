-- What left with each answer, and how the journal is closed. Most lines say the same as one before,
-- but for their time: what they say is a row of its own, which many lines may share.

-- Lists are texts with spaces between. `rows` and `bytes` are NULL where it is not known how much
-- left, as it is not of the lines from before. What was decided: `needs` are pairs of a mode and a
-- path with a colon between, where they are others than the modes on the target; `rules` is the
-- number of the change that the access rules held after, and `looked_at` the time for which it was
-- seen which periods hold, in microseconds since 1970-01-01 UTC.
CREATE TABLE deed (
    id INTEGER NOT NULL PRIMARY KEY,
    agent TEXT,
    client TEXT,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    modes TEXT NOT NULL,
    source TEXT,
    outcome INTEGER NOT NULL,
    purpose TEXT,
    grants TEXT NOT NULL,
    categories TEXT NOT NULL,
    fields TEXT NOT NULL,
    query TEXT,
    rows INTEGER,
    bytes INTEGER,
    precision TEXT,
    issuer TEXT,
    needs TEXT NOT NULL,
    rules INTEGER,
    looked_at INTEGER
) STRICT;

INSERT INTO deed
SELECT seq, agent, client, action, target, modes, source, outcome,
    NULL, '', '', '', NULL, NULL, NULL, NULL, NULL, '', NULL, NULL
FROM journal;

CREATE INDEX deed_grants ON deed (grants) WHERE grants <> '';

-- The chain: `form` says what the hash of a line is made of, 1 for the lines from before; `time`
-- is microseconds since 1970-01-01 UTC; `granted` is whether its deed names grants.
CREATE TABLE line (
    seq INTEGER NOT NULL PRIMARY KEY,
    form INTEGER NOT NULL,
    time INTEGER NOT NULL,
    deed INTEGER NOT NULL,
    granted INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE INDEX line_granted ON line (deed, time) WHERE granted;

INSERT INTO line SELECT seq, 1, time, seq, 0, hash FROM journal;

DROP TABLE journal;

-- The journal as people read it.
CREATE VIEW journal AS
SELECT seq, form, time, agent, client, action, target, modes, source, outcome, purpose, grants,
    categories, fields, query, rows, bytes, precision, issuer, needs, rules, looked_at, hash
FROM line LEFT JOIN deed ON deed.id = line.deed;

-- What shows that the journal ends with this line, made anew with every commit.
ALTER TABLE state ADD COLUMN journal_seal BLOB;

-- A signed root for each day with lines, by the number of the last of them: a compact JWS.
CREATE TABLE journal_root (
    seq INTEGER NOT NULL PRIMARY KEY,
    jws TEXT NOT NULL
) STRICT;
