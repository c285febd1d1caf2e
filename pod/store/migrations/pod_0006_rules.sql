-- Every ACL document that was ever in force, so that what was decided by it can be explained for as
-- long as the journal tells of it. `path` is that of the document. It was in force from the change
-- with the number `since` on, and before the one with the number `until`; times are microseconds
-- since 1970-01-01 UTC.
CREATE TABLE rule_history (
    path TEXT NOT NULL,
    since INTEGER NOT NULL,
    begun INTEGER NOT NULL,
    until INTEGER,
    ended INTEGER,
    media_type TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (path, since)
) STRICT, WITHOUT ROWID;

-- What they say, each text once, by its SHA-256 in hex; in the file of that name where it is NULL.
CREATE TABLE rule_document (
    digest TEXT NOT NULL PRIMARY KEY,
    size INTEGER NOT NULL,
    bytes BLOB
) STRICT, WITHOUT ROWID;

-- Who owned the pod from a change on: a JSON array of WebIDs. The first one is where the history
-- begins: of what was before it, not all is known.
CREATE TABLE owner_history (
    since INTEGER NOT NULL PRIMARY KEY,
    begun INTEGER NOT NULL,
    owners TEXT NOT NULL
) STRICT;

CREATE VIEW named_blob AS
SELECT blob AS digest, size FROM resource WHERE blob IS NOT NULL
UNION SELECT digest, size FROM rule_document WHERE bytes IS NULL;

INSERT OR IGNORE INTO rule_document
SELECT coalesce(blob, sha256(coalesce(bytes, x''))), size,
CASE WHEN blob IS NULL THEN coalesce(bytes, x'') END
FROM resource LEFT JOIN body ON body.id = resource.body
WHERE is_auxiliary AND name LIKE '%.acl';

INSERT INTO rule_history
SELECT parent || name, version, modified * 1000000, NULL, NULL, media_type,
coalesce(blob, sha256(coalesce(bytes, x'')))
FROM resource LEFT JOIN body ON body.id = resource.body
WHERE is_auxiliary AND name LIKE '%.acl';

-- Nothing has changed since the last of these times, so that the history is whole from there on.
INSERT INTO owner_history
SELECT seq, 1000000 * max(
    coalesce((SELECT max(time) FROM outbox), 0), coalesce((SELECT max(modified) FROM resource), 0)
), CASE WHEN EXISTS (SELECT 1 FROM meta WHERE key = 'owners')
THEN (SELECT json_group_array(key) FROM json_each((SELECT value FROM meta WHERE key = 'owners')))
ELSE (SELECT json_array(value) FROM meta WHERE key = 'owner') END
FROM state;
