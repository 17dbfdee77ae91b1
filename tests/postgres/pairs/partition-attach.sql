CREATE TABLE readings (
	id int NOT NULL, taken date NOT NULL, value text, PRIMARY KEY (id, taken)
) PARTITION BY RANGE (taken);
CREATE INDEX readings_value ON readings (value);
CREATE TABLE readings_2024 PARTITION OF readings
	FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE readings_2025 (
	taken date, id int NOT NULL, value varchar(9), other text
);
CREATE INDEX readings_2025_old ON readings_2025 (other);
ALTER TABLE readings_2024 ADD CONSTRAINT given CHECK (value <> '');
INSERT INTO readings VALUES (1, '2024-02-01', 'a'), (2, '2024-03-01', 'b');
INSERT INTO readings_2025 VALUES ('2025-02-01', 3, 'c', 'd');
-- to
CREATE TABLE readings (
	id int NOT NULL, taken date NOT NULL, value text, PRIMARY KEY (id, taken),
	CONSTRAINT positive CHECK (id > 0)
) PARTITION BY RANGE (taken);
CREATE INDEX readings_value ON readings (value);
CREATE TABLE readings_2025 PARTITION OF readings
	FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE readings_2024 (
	id int PRIMARY KEY, taken date, value text,
	CONSTRAINT given CHECK (value <> 'z')
);
-- rows
SELECT array_agg(value ORDER BY id) = '{a,b}' FROM readings_2024;
SELECT array_agg(value ORDER BY id) = '{c}' FROM readings;
