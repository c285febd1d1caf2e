-- The purpose that somebody subscribed for, an IRI: whether she may still be told is decided by it.
ALTER TABLE channel ADD COLUMN purpose TEXT;
