-- Apps that people sign in to: what they registered, what they were allowed, and what came of it.

CREATE TABLE app (
    id TEXT NOT NULL PRIMARY KEY,
    secret_hash TEXT,
    method TEXT NOT NULL,
    metadata TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A request at the authorization endpoint while its person is being asked.
CREATE TABLE interaction (
    hash TEXT NOT NULL PRIMARY KEY,
    parameters TEXT NOT NULL,
    done TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a person has allowed an app for good.
CREATE TABLE consent (
    account TEXT NOT NULL,
    client TEXT NOT NULL,
    webid TEXT NOT NULL,
    scopes TEXT NOT NULL,
    name TEXT NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (account, client),
    FOREIGN KEY (account, webid) REFERENCES webid_link (account, webid) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX consent_webid ON consent (account, webid);

-- Codes and refresh tokens: by the hash of what the app holds.
CREATE TABLE issued (
    hash TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    family TEXT NOT NULL,
    account TEXT NOT NULL,
    client TEXT NOT NULL,
    webid TEXT NOT NULL,
    scopes TEXT NOT NULL,
    jkt TEXT,
    redirect_uri TEXT,
    challenge TEXT,
    nonce TEXT,
    signed_in INTEGER NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    used INTEGER,
    FOREIGN KEY (account, webid) REFERENCES webid_link (account, webid) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX issued_family ON issued (family);
CREATE INDEX issued_account ON issued (account, webid);
CREATE INDEX issued_expires ON issued (expires);

-- Access tokens that ended before their time: by their own name, or that of their family.
CREATE TABLE revoked (
    mark TEXT NOT NULL PRIMARY KEY,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When a key stops signing follows from when the next one was made.
ALTER TABLE signing_key DROP COLUMN retired;
