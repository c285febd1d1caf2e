-- The inbox of a resource, as its description says: an IRI, or one in this pod from its root on,
-- beginning with a slash. NULL where there is none.
ALTER TABLE resource ADD COLUMN inbox TEXT;
