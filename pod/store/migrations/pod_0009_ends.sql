-- The latest time at which access would end that is asked for: whole seconds since 1970-01-01 UTC.
ALTER TABLE access_request ADD COLUMN ends INTEGER;
