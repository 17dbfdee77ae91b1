CREATE TABLE "select" ("from" INTEGER NOT NULL PRIMARY KEY, "a b" TEXT, "it's" TEXT, "qu""ote" TEXT, [brack et] TEXT, "🐘" TEXT DEFAULT '🐘');
CREATE TABLE "drop table x" (id INTEGER PRIMARY KEY, "TYP" INTEGER, "typ_" INTEGER, "Kd-Nr." TEXT, "Kd_Nr" TEXT, "1st" TEXT, "日本" TEXT, "中国" TEXT);
CREATE TABLE CONFIG (id INTEGER PRIMARY KEY, NULL_ TEXT, "NULL" TEXT, "TEXT" TEXT, "NOW" TEXT, bool TEXT, "true" TEXT, int TEXT, "__x" TEXT, "_X" TEXT, deesse_x TEXT, offsetof TEXT);
CREATE TABLE "a.b" (id INTEGER PRIMARY KEY, author TEXT, author_id INTEGER REFERENCES "drop table x", "select_from" INTEGER REFERENCES "select" ("from"), _id INTEGER REFERENCES "drop table x" (id), USER_ID INTEGER REFERENCES "a.b" (id));
CREATE TABLE "a-b" (id INTEGER PRIMARY KEY, "line
break" TEXT, "tab	tab" TEXT CHECK ("tab	tab" <> '??(' AND "tab	tab" <> 'a	b'));
CREATE TABLE bool (id INTEGER PRIMARY KEY, created_at TEXT, updated_at TEXT);
CREATE TABLE "Id" ("Id" INTEGER NOT NULL PRIMARY KEY, "ID_" TEXT);
CREATE INDEX "a-b_line break" ON "a-b" ("line
break");
CREATE INDEX "a.b_author" ON "a.b" (author);
CREATE UNIQUE INDEX "IX-1" ON "drop table x" ("Kd-Nr.", "Kd_Nr");
CREATE VIEW "view name" AS SELECT "a b" FROM "select";
CREATE VIEW view_name AS SELECT "a b" FROM "select";
CREATE TRIGGER "touch it" AFTER UPDATE OF "a b" ON "select" BEGIN SELECT ';'; END;
CREATE VIEW "ends in a comment" AS SELECT 1 AS one -- with a ; in it
;
CREATE TABLE small (id INTEGER PRIMARY KEY, created_at TIMESTAMP NOT NULL DEFAULT current_timestamp, updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE "../../etc/passwd" (id INTEGER PRIMARY KEY, "*/ ""; int main(void) {" TEXT DEFAULT '"}; /*');
CREATE VIEW "../up" AS SELECT 1 AS one;
