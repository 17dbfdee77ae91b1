-- What an app keeps on a phone: no types, no names, everything in one line.
CREATE TABLE android_metadata (locale TEXT);
CREATE TABLE settings (_id INTEGER PRIMARY KEY AUTOINCREMENT,name TEXT UNIQUE ON CONFLICT REPLACE,value TEXT);
CREATE INDEX settingsIndex1 ON settings (name);
CREATE TABLE kv (key, value, PRIMARY KEY (key)) WITHOUT ROWID;
CREATE TABLE cache(url VARCHAR(255) NOT NULL,etag CHAR(40),body,fetched DATETIME DEFAULT CURRENT_TIMESTAMP,UNIQUE(url));
CREATE TABLE flags (id INTEGER PRIMARY KEY, flag TEXT NOT NULL DEFAULT '', "on" INT, since REAL DEFAULT 1.5e3, until REAL DEFAULT (julianday('now')));
CREATE TABLE accounts (id INTEGER PRIMARY KEY, login TEXT COLLATE NOCASE NOT NULL UNIQUE, theme TEXT DEFAULT "dark", font_size INTEGER DEFAULT 12 CHECK (font_size >= 6) CHECK (font_size <= 96));
CREATE TABLE account_flags (account_id INTEGER NOT NULL, flag_id INTEGER NOT NULL, FOREIGN KEY(account_id) REFERENCES accounts(id), FOREIGN KEY(flag_id) REFERENCES flags(id), UNIQUE(account_id, flag_id));
CREATE INDEX login_index ON accounts (login COLLATE BINARY);
CREATE TABLE counters (n INTEGER, CHECK (n >= 0), CHECK (n <= 10), CHECK (n <> 5), CHECK (n <> 6));
CREATE TABLE "schema version" (version);
