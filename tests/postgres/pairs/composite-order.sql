-- fails: cannot change type addr in this way
CREATE TYPE addr AS (street text, city text);
-- to
CREATE TYPE addr AS (zip text, street text, city text);
