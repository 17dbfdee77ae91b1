-- every kind of default
CREATE TABLE t(a INT);
-- rows --
INSERT INTO t VALUES (1);
-- to --
CREATE TABLE t(a INT DEFAULT -1, b TEXT DEFAULT 'it''s', c REAL DEFAULT +1.5e3, d BLOB DEFAULT x'00ff', e TEXT DEFAULT CURRENT_TIMESTAMP, f INT DEFAULT (1 + 2), g DEFAULT NULL, h DEFAULT true, i DEFAULT (lower('X')), j DEFAULT "word", k TEXT DEFAULT (date('now')));
-- wants --
