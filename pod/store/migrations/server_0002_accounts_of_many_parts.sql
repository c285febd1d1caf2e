-- An account has several ways in, several WebIDs, several pods; and sessions, codes and a journal.
-- Until here it had one of each, in its own row.

CREATE TABLE new_account (
    id TEXT NOT NULL PRIMARY KEY,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO new_account SELECT id, created FROM account;

-- A way in. What is needed to use it is in a table of its kind.
CREATE TABLE login (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES new_account (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX login_account ON login (account);

CREATE TABLE password (
    login TEXT NOT NULL PRIMARY KEY REFERENCES login (id) ON DELETE CASCADE,
    email TEXT NOT NULL COLLATE NOCASE UNIQUE,
    hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO login SELECT id, id, 'password', created FROM account;
INSERT INTO password SELECT id, lower(email), password_hash FROM account;

-- A WebID that the account may sign in as: its own pod's, or one elsewhere that it has proven.
CREATE TABLE webid_link (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES new_account (id) ON DELETE CASCADE,
    webid TEXT NOT NULL,
    created INTEGER NOT NULL,
    UNIQUE (account, webid)
) STRICT, WITHOUT ROWID;

INSERT INTO webid_link SELECT lower(hex(randomblob(16))), id, webid, created FROM account;

CREATE TABLE pod (
    name TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES new_account (id) ON DELETE CASCADE,
    storage TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX pod_account ON pod (account);

INSERT INTO pod
SELECT name, id, substr(webid, 1, length(webid) - length('profile/card#me')), created FROM account;

CREATE TABLE pod_owner (
    pod TEXT NOT NULL REFERENCES pod (name) ON DELETE CASCADE,
    webid TEXT NOT NULL,
    visible INTEGER NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (pod, webid)
) STRICT, WITHOUT ROWID;

INSERT INTO pod_owner SELECT name, webid, 0, created FROM account;

-- Credentials of a script end with the link to the WebID that they are for.
CREATE TABLE new_client (
    id TEXT NOT NULL PRIMARY KEY,
    secret_hash TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES new_account (id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    webid TEXT NOT NULL,
    created INTEGER NOT NULL,
    FOREIGN KEY (account, webid) REFERENCES webid_link (account, webid) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

INSERT INTO new_client SELECT id, secret_hash, account, label, webid, created FROM client;

DROP TABLE client;
DROP TABLE account;
ALTER TABLE new_account RENAME TO account;
ALTER TABLE new_client RENAME TO client;

CREATE INDEX client_account ON client (account, webid);

CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    remembered INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_account ON session (account);

-- What is good for one use: invitations, new passwords, proofs that a WebID is somebody's.
CREATE TABLE code (
    hash TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    account TEXT REFERENCES account (id) ON DELETE CASCADE,
    about TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX code_account ON code (account);

-- What happened to accounts. It refers to none, so that the end of one can be told; the lines
-- before that end go with it.
CREATE TABLE event (
    number INTEGER NOT NULL PRIMARY KEY,
    time INTEGER NOT NULL,
    account TEXT NOT NULL,
    action TEXT NOT NULL,
    about TEXT NOT NULL
) STRICT;

CREATE INDEX event_account ON event (account, number);
