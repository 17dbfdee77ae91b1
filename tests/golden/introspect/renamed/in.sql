CREATE TABLE old_users (id INTEGER PRIMARY KEY, nick TEXT CHECK (nick <> 'nick'));
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INT REFERENCES old_users (id));
CREATE INDEX by_nick ON old_users (nick) WHERE nick > 'a';
CREATE VIEW nicks AS SELECT nick FROM old_users;
CREATE TRIGGER t AFTER INSERT ON old_users BEGIN UPDATE posts SET author = NULL; END;
ALTER TABLE old_users RENAME TO users;
ALTER TABLE users RENAME COLUMN nick TO "nick name";
ALTER TABLE posts RENAME COLUMN author TO author_id;
