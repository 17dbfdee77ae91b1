-- a file in another encoding
PRAGMA encoding = 'UTF-16le';
CREATE TABLE "größe"(a TEXT, "ü" TEXT);
-- rows --
INSERT INTO "größe" VALUES ('ä😀', '00123'), ('1', '5');
-- to --
CREATE TABLE "größe"(a TEXT NOT NULL, "ü" INTEGER, c TEXT DEFAULT 'ß');
-- wants --
type-affinity größe.ü 1
set-not-null größe.a 0
