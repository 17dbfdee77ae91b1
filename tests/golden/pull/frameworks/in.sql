-- As tools write schemas by themselves: quoted names, NOT NULL ids, bigint
-- references to integer keys, unique indexes for what is unique, letters in any
-- case.
CREATE TABLE "accounts" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "email" varchar(254) NOT NULL, "admin" bool NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX "index_accounts_on_email" ON "accounts" ("email");
CREATE TABLE "Profile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "bio" text, "accountId" integer NOT NULL, CONSTRAINT "Profile_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts" ("id") ON DELETE RESTRICT ON UPDATE CASCADE);
CREATE UNIQUE INDEX "Profile_accountId_key" ON "Profile"("accountId");
CREATE TABLE "category" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(50) NOT NULL UNIQUE, "parent_id" bigint NULL REFERENCES "category" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE INDEX "category_parent_id_901626c9" ON "category" ("parent_id");
CREATE TABLE "account_categories" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "account_id" bigint NOT NULL REFERENCES "accounts" ("id") DEFERRABLE INITIALLY DEFERRED, "category_id" bigint NOT NULL REFERENCES "category" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE UNIQUE INDEX "account_categories_uniq" ON "account_categories" ("account_id", "category_id");
CREATE TABLE follows (id INTEGER NOT NULL PRIMARY KEY, follower_id INTEGER REFERENCES Accounts(ID), followed_id INTEGER REFERENCES ACCOUNTS);
CREATE UNIQUE INDEX index_follows_on_both ON follows (follower_id, followed_id);
CREATE TABLE loose (a INT, b INT, c REFERENCES "CATEGORY"("NAME"), FOREIGN KEY (a, b) REFERENCES Pairs(X, y));
CREATE TABLE pairs (x INT, y INT, PRIMARY KEY (x, y));
CREATE TABLE boxes (id INTEGER PRIMARY KEY);
CREATE TABLE addresses (id INTEGER PRIMARY KEY, box_id INT NOT NULL UNIQUE REFERENCES boxes(id));
CREATE TABLE person (id INTEGER PRIMARY KEY, status_id INTEGER REFERENCES status);
CREATE TABLE status (id INTEGER PRIMARY KEY, name TEXT);
