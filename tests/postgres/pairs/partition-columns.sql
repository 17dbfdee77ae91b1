-- Parts come and go in the same push as columns of the whole; a table that
-- becomes a part keeps its indexes under their names.
-- both ways
CREATE SCHEMA old;
CREATE TABLE page (id int NOT NULL, at int NOT NULL, body text)
	PARTITION BY RANGE (at);
CREATE INDEX page_body ON page (body);
CREATE TABLE page_1 PARTITION OF page FOR VALUES FROM (1) TO (2);
CREATE TABLE old.page_0 (
	id int NOT NULL, at int NOT NULL, body text, kind int NOT NULL
);
CREATE INDEX by_body ON old.page_0 (body);
CREATE INDEX by_kind ON old.page_0 (kind, id);
CREATE INDEX by_at ON old.page_0 (at DESC);
INSERT INTO page VALUES (1, 1, 'a');
INSERT INTO old.page_0 VALUES (2, 0, 'b', 3);
-- to
CREATE SCHEMA old;
CREATE TABLE page (id bigint NOT NULL, at int NOT NULL, body text,
	kind int) PARTITION BY RANGE (at);
CREATE TABLE page_1 (id int NOT NULL, at int NOT NULL, body text);
CREATE INDEX page_1_body_idx ON page_1 (body);
CREATE TABLE old.page_0 (
	id bigint NOT NULL, at int NOT NULL, body text, kind int NOT NULL
);
CREATE INDEX by_body ON old.page_0 (body);
CREATE INDEX by_kind ON old.page_0 (kind, id);
CREATE INDEX by_at ON old.page_0 (at DESC);
CREATE INDEX page_body ON page (body);
ALTER TABLE page ATTACH PARTITION old.page_0 FOR VALUES FROM (0) TO (1);
