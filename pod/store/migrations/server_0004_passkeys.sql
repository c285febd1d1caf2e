-- Passkeys: what a login of that kind needs.

CREATE TABLE passkey (
    login TEXT NOT NULL PRIMARY KEY REFERENCES login (id) ON DELETE CASCADE,
    credential TEXT NOT NULL UNIQUE,
    public_key BLOB NOT NULL,
    signatures INTEGER NOT NULL,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
