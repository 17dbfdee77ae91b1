CREATE TABLE r (id int, during tsrange);
-- to
CREATE TABLE r (id int, during tsrange, CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&) WHERE (id > 0));
