-- The keys that the journals of all pods are signed with. None is ever removed, since what it has
-- signed is still to be checked. `private` is a private JWK in JSON (RFC 8037).
CREATE TABLE journal_key (
    kid TEXT NOT NULL PRIMARY KEY,
    private TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
