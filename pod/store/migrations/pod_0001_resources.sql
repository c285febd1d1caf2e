-- One pod. Paths are relative to the root of its storage, canonical and percent-encoded.
-- Times of resources are whole seconds since 1970-01-01 UTC.

-- Facts about the pod that are set once: storage, owner, created, epoch, secret.
CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- Where the pod stands. `seq` counts changes and never goes back, so a version never comes back.
-- `token` is drawn anew by every commit that changes resources: equal tokens, equal content.
CREATE TABLE state (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL,
    token INTEGER NOT NULL,
    journal_seq INTEGER NOT NULL,
    journal_hash BLOB NOT NULL
) STRICT;

-- The path is parent || name; both are empty for the root. The primary key is the listing.
-- Content is in body(id) when `body` is set, in the file of `blob` when that is, else empty.
CREATE TABLE resource (
    parent TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    version INTEGER NOT NULL,
    is_container INTEGER NOT NULL,
    is_auxiliary INTEGER NOT NULL,
    body INTEGER,
    blob TEXT,
    PRIMARY KEY (parent, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX resource_auxiliary ON resource (parent, name) WHERE is_auxiliary;
CREATE INDEX resource_blob ON resource (blob) WHERE blob IS NOT NULL;

-- Ids grow with the changes, so that what is written together lies together.
CREATE TABLE body (
    id INTEGER NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

-- The last changes, for those who follow the pod: the query index, and who is notified.
CREATE TABLE outbox (
    seq INTEGER NOT NULL PRIMARY KEY,
    path TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind = 'created' OR kind = 'updated' OR kind = 'deleted'),
    time INTEGER NOT NULL
) STRICT;

-- The access journal, a chain of SHA-256; `time` is microseconds since 1970-01-01 UTC.
CREATE TABLE journal (
    seq INTEGER NOT NULL PRIMARY KEY,
    time INTEGER NOT NULL,
    agent TEXT,
    client TEXT,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    modes TEXT NOT NULL,
    source TEXT,
    outcome INTEGER NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;
