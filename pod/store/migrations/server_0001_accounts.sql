-- What belongs to the server and not to a pod. Secrets are stored as hashes only.
-- Times are whole seconds since 1970-01-01 UTC.

CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL COLLATE NOCASE UNIQUE,
    password_hash TEXT NOT NULL,
    webid TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE client (
    id TEXT NOT NULL PRIMARY KEY,
    secret_hash TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    webid TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX client_account ON client (account);

CREATE TABLE signing_key (
    kid TEXT NOT NULL PRIMARY KEY,
    private TEXT NOT NULL,
    created INTEGER NOT NULL,
    retired INTEGER
) STRICT, WITHOUT ROWID;
