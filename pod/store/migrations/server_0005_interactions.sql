-- A request that waits for a person is of one browser, and may wait between what she answers; what
-- she has allowed an app holds for one place that it is answered at. Both begin anew.

DROP TABLE interaction;

CREATE TABLE interaction (
    hash TEXT NOT NULL PRIMARY KEY,
    browser TEXT NOT NULL,
    parameters TEXT NOT NULL,
    done TEXT NOT NULL,
    webid TEXT,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

DROP TABLE consent;

CREATE TABLE consent (
    account TEXT NOT NULL,
    client TEXT NOT NULL,
    landing TEXT NOT NULL,
    webid TEXT NOT NULL,
    scopes TEXT NOT NULL,
    name TEXT NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (account, client, landing),
    FOREIGN KEY (account, webid) REFERENCES webid_link (account, webid) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX consent_webid ON consent (account, webid);
