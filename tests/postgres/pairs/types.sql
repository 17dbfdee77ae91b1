CREATE TABLE t (a integer, b varchar(20), c numeric(10,2), d timestamp, e json, f char(3), g real, h smallint);
-- to
CREATE TABLE t (a bigint, b varchar(40), c numeric(12,2), d timestamptz, e jsonb, f text, g double precision, h integer);
