CREATE TABLE "select" ("from" INT, "a b" TEXT, "it's", "qu""ote", [brack], `tick``s`, "🐘" TEXT DEFAULT '🐘', "", "UPPER", "new
line");
CREATE TABLE [a b] ("primary" INTEGER PRIMARY KEY, "check" REFERENCES "select" ("a b"), key, action, "desc" CHECK ("desc" > "check"));
CREATE TABLE "Ünïcode" (ä, "ß" UNIQUE, 日本 TEXT);
CREATE INDEX "select index" ON "select" ("from", "🐘");
CREATE TABLE 'single' ('a' 'b');
CREATE TABLE x$y (a$b INT, _c);
CREATE VIEW "view name" AS SELECT "a b" FROM "select";
