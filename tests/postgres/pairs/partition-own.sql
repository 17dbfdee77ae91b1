CREATE TABLE readings (
	id int, sensor int, value text, taken date
) PARTITION BY LIST (sensor);
CREATE TABLE readings_1 PARTITION OF readings FOR VALUES IN (1);
CREATE TABLE readings_2 PARTITION OF readings FOR VALUES IN (2);
CREATE INDEX readings_2_old ON readings_2 (id);
ALTER TABLE readings_2 ADD PRIMARY KEY (id);
ALTER TABLE readings_2 ADD CONSTRAINT given CHECK (value <> '');
INSERT INTO readings VALUES (1, 1, 'a', '2026-01-01'), (2, 2, 'b', NULL);
-- to
CREATE FUNCTION same() RETURNS trigger LANGUAGE plpgsql
	AS 'BEGIN RETURN NEW; END';
CREATE SCHEMA parts;
CREATE TABLE readings (
	id int DEFAULT 1, sensor int, value text, taken date
) PARTITION BY LIST (sensor);
CREATE TABLE readings_1 PARTITION OF readings FOR VALUES IN (1);
CREATE TABLE readings_2 PARTITION OF readings FOR VALUES IN (2);
CREATE TABLE parts.readings_3 PARTITION OF readings FOR VALUES IN (3);
ALTER TABLE readings_1 ADD PRIMARY KEY (id);
ALTER TABLE readings_1 ADD CONSTRAINT short CHECK (length(value) < 9);
ALTER TABLE readings_1 ADD CONSTRAINT one_value UNIQUE (value);
ALTER TABLE readings_1 ALTER COLUMN id SET DEFAULT 7;
ALTER TABLE readings_2 ALTER COLUMN id DROP DEFAULT;
ALTER TABLE readings_2 ALTER COLUMN value SET NOT NULL;
ALTER TABLE readings_2 ENABLE ROW LEVEL SECURITY;
CREATE INDEX readings_1_by_day ON readings_1 (taken DESC);
COMMENT ON INDEX readings_1_by_day IS 'of one part';
CREATE INDEX named_otherwise ON readings_2 (taken);
CREATE INDEX readings_taken ON readings (taken);
CREATE TRIGGER whole AFTER INSERT ON readings
	FOR EACH ROW EXECUTE FUNCTION same();
CREATE TRIGGER part BEFORE UPDATE ON readings_1
	FOR EACH ROW EXECUTE FUNCTION same();
COMMENT ON SCHEMA public IS 'ours';
-- rows
SELECT array_agg(value ORDER BY id) = '{a,b}' FROM readings;
