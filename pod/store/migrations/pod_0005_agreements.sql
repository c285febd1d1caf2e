-- What is asked of the pod's owner and what she has agreed to. Ids are random texts. Times are whole
-- seconds since 1970-01-01 UTC; items and proposals are JSON; `records` is a JSON array of compact
-- JWS, one for each state of the consent, and `made` one of the paths that got access rules of their
-- own for the grant.
CREATE TABLE access_request (
    id TEXT NOT NULL PRIMARY KEY,
    agent TEXT NOT NULL,
    client TEXT,
    purpose TEXT NOT NULL,
    sentence TEXT NOT NULL,
    required TEXT NOT NULL,
    optional TEXT NOT NULL,
    days INTEGER,
    retention TEXT,
    terms TEXT,
    manifest TEXT,
    inbox TEXT,
    proposed TEXT,
    state TEXT NOT NULL,
    created INTEGER NOT NULL,
    lapses INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX access_request_agent ON access_request (agent);

CREATE TABLE access_grant (
    id TEXT NOT NULL PRIMARY KEY,
    request TEXT,
    agent TEXT NOT NULL,
    client TEXT,
    purpose TEXT NOT NULL,
    sentence TEXT NOT NULL,
    items TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    retention TEXT,
    terms TEXT,
    state TEXT NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    records TEXT NOT NULL,
    made TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX access_grant_agent ON access_grant (agent);

-- The owner's terms that an asker has accepted: `offer` is the name of the agreement, `digest` the
-- SHA-256 of its text in hex, `jws` what both sides keep.
CREATE TABLE terms_agreement (
    id TEXT NOT NULL PRIMARY KEY,
    agent TEXT NOT NULL,
    client TEXT,
    offer TEXT NOT NULL,
    digest TEXT NOT NULL,
    created INTEGER NOT NULL,
    jws TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX terms_agreement_agent ON terms_agreement (agent);

-- What an asker was asked to erase of what has left; `departed` is JSON without a value of the pod.
CREATE TABLE erasure_request (
    id TEXT NOT NULL PRIMARY KEY,
    access_grant TEXT NOT NULL,
    agent TEXT NOT NULL,
    client TEXT,
    departed TEXT NOT NULL,
    inbox TEXT,
    state TEXT NOT NULL,
    created INTEGER NOT NULL,
    due INTEGER NOT NULL,
    answered INTEGER,
    answer TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX erasure_request_agent ON erasure_request (agent);

-- Which of her terms hold, and whether an app that says nothing of itself has to accept them too.
CREATE TABLE terms_setting (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    preset TEXT NOT NULL,
    of_all INTEGER NOT NULL
) STRICT;
