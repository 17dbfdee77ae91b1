CREATE TABLE "order" (
  "group" INTEGER PRIMARY KEY,
  "its" TEXT,
  "two words" TEXT
);
INSERT INTO "order" VALUES (1, 'a', 'b');
CREATE INDEX "in dex" ON "order" ("two words");
