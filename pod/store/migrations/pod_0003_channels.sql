-- Notification channels. Times are milliseconds since 1970-01-01 UTC, `rate` is in seconds;
-- `topics` is a JSON array of paths, `activities` one of names. `cursor` is the number of the last
-- change that a pushed channel is done with.
CREATE TABLE channel (
    id TEXT NOT NULL PRIMARY KEY,
    type TEXT NOT NULL,
    agent TEXT,
    client TEXT,
    issuer TEXT,
    epoch TEXT,
    topics TEXT NOT NULL,
    starts INTEGER,
    ends INTEGER NOT NULL,
    state TEXT,
    rate REAL,
    accept TEXT,
    capability TEXT UNIQUE,
    send_to TEXT,
    receiver TEXT,
    activities TEXT NOT NULL,
    cursor INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX channel_agent ON channel (agent);

-- The access rules that went with what was deleted, by the number of that change, for as long as
-- the outbox tells of it: who could read it is still to be told that it is gone.
CREATE TABLE buried_acl (
    seq INTEGER NOT NULL PRIMARY KEY,
    path TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
