-- Until when an app is kept that nobody has signed in with; of no end is one that somebody has, and
-- each of before, of which that is not known.
ALTER TABLE app ADD COLUMN expires INTEGER;

CREATE INDEX app_expires ON app (expires);
