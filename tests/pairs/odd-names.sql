-- names that want quotes
CREATE TABLE "a b"("select" INT UNIQUE, "dots.in.it" TEXT, "quote""d" TEXT, 'single' TEXT, [brack et] TEXT, `tick` TEXT, "it's" TEXT, "😀" TEXT, "" TEXT);
CREATE TABLE "drop table x"(id INTEGER PRIMARY KEY, "order" INT REFERENCES "a b"("select"));
CREATE INDEX "index" ON "a b"("dots.in.it", "quote""d" DESC);
-- rows --
INSERT INTO "a b" VALUES (1, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
INSERT INTO "drop table x" VALUES (1, 1);
-- to --
CREATE TABLE "a b"("select" INT UNIQUE, "dots.in.it" TEXT NOT NULL, "quote""d" TEXT, 'single' TEXT, [brack et] TEXT, `tick` TEXT, "it's" TEXT CHECK ("it's" <> ''), "😀" TEXT, "" TEXT);
CREATE TABLE "drop table x"(id INTEGER PRIMARY KEY, "order" INT NOT NULL REFERENCES "a b"("select") ON DELETE CASCADE);
CREATE INDEX "index" ON "a b"("dots.in.it", "quote""d" DESC);
CREATE VIEW "v.w" AS SELECT "😀" FROM "a b";
-- wants --
set-not-null drop table x.order 0
set-not-null a b.dots.in.it 0
add-check a b 0
