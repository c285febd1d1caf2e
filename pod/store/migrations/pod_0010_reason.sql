-- What the owner says to the asker where she refuses, if she likes.
ALTER TABLE access_request ADD COLUMN reason TEXT;
