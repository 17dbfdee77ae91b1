-- to
CREATE TABLE "Odd Name" ("select" int PRIMARY KEY, "it""s" text, "a b" int DEFAULT 3);
CREATE INDEX "My Index" ON "Odd Name" ("a b", lower("it""s"));
CREATE TABLE "user" ("order" int REFERENCES "Odd Name" ("select"));
CREATE VIEW "V w" AS SELECT "it""s" FROM "Odd Name";
