-- The last changes, whether or not they were told: the query index follows the pod by these.
-- When it stands further behind than they reach, it is read anew.
CREATE TABLE recent (
    seq INTEGER NOT NULL PRIMARY KEY,
    path TEXT NOT NULL
) STRICT;

CREATE TRIGGER outbox_recent AFTER INSERT ON outbox BEGIN
    INSERT INTO recent VALUES (NEW.seq, NEW.path);
    DELETE FROM recent WHERE seq <= NEW.seq - 10000;
END;
