-- What the owner reports about a request: that she was put under pressure to agree, in her words.
ALTER TABLE access_request ADD COLUMN reported TEXT;
