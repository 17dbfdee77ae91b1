-- the counter lives through a rebuild, also of an empty table
CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT);
CREATE TABLE "it's"(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT);
-- rows --
INSERT INTO t VALUES (41, 'x');
DELETE FROM t;
INSERT INTO "it's" VALUES (41, 'x');
DELETE FROM "it's";
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT NOT NULL);
CREATE TABLE "it's"(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT NOT NULL);
-- wants --
set-not-null t.v 0
set-not-null it's.v 0
