-- between a check that goes and the one that comes stands a whole chain
CREATE TYPE seen AS ENUM ('all', 'few', 'none');
CREATE TABLE place (id int PRIMARY KEY, seen seen DEFAULT 'all', hidden bool);
CREATE INDEX place_seen ON place (id) WHERE NOT (hidden OR seen = 'none');
CREATE TABLE hide (id serial PRIMARY KEY);
CREATE TABLE log (id int PRIMARY KEY, a int,
	hide_id int CONSTRAINT log_hide_fkey REFERENCES hide,
	CONSTRAINT log_check CHECK (num_nonnulls(a, hide_id) = 1));
-- to
CREATE TYPE seen AS ENUM ('all', 'none');
CREATE TABLE place (id int PRIMARY KEY, seen seen DEFAULT 'all');
CREATE INDEX place_seen ON place (id) WHERE NOT (seen = 'none');
CREATE TABLE change (id int PRIMARY KEY, seen seen NOT NULL);
CREATE TABLE log (id int PRIMARY KEY, a int,
	change_id int CONSTRAINT log_change_fkey REFERENCES change,
	CONSTRAINT log_check CHECK (num_nonnulls(a, change_id) = 1));
