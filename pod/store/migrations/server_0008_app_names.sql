-- What each app called itself when a person signed in to it last. It stays when the app is stopped, so
-- that what it did is still told by its name.

CREATE TABLE app_name (
    account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    client TEXT NOT NULL,
    name TEXT NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (account, client)
) STRICT, WITHOUT ROWID;

INSERT OR REPLACE INTO app_name (account, client, name, created)
    SELECT account, client, name, created FROM consent ORDER BY created;
