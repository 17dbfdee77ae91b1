-- full text search beside a table that is written anew
CREATE VIRTUAL TABLE docs USING fts5(title, body);
CREATE VIRTUAL TABLE box USING rtree(id, x0, x1);
CREATE TABLE t(a INT, b TEXT);
CREATE TRIGGER keep AFTER INSERT ON t BEGIN INSERT INTO docs(title) VALUES (new.b); END;
-- rows --
INSERT INTO docs VALUES ('a', 'b c');
INSERT INTO box VALUES (1, 0, 2);
INSERT INTO t VALUES (1, 'x');
-- to --
CREATE VIRTUAL TABLE docs USING fts5(title, body);
CREATE VIRTUAL TABLE box USING rtree(id, x0, x1);
CREATE TABLE t(a INT NOT NULL, b TEXT);
CREATE TRIGGER keep AFTER INSERT ON t BEGIN INSERT INTO docs(title) VALUES (new.b); END;
-- wants --
set-not-null t.a 0
