CREATE TABLE "order" (
  "group" INTEGER PRIMARY KEY,
  "its" TEXT,
  "two words" TEXT NOT NULL
);
CREATE INDEX "in dex" ON "order" ("two words");
