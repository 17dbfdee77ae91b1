-- full text search whose content is a table that is written anew
CREATE TABLE posts(id INTEGER PRIMARY KEY, title TEXT);
CREATE VIRTUAL TABLE docs USING fts5(title, content='posts', content_rowid='id');
CREATE TRIGGER ai AFTER INSERT ON posts BEGIN INSERT INTO docs(rowid, title) VALUES (new.id, new.title); END;
-- rows --
INSERT INTO posts VALUES (7, 'seven seas');
-- to --
CREATE TABLE posts(id INTEGER PRIMARY KEY, title TEXT NOT NULL);
CREATE VIRTUAL TABLE docs USING fts5(title, content='posts', content_rowid='id');
CREATE TRIGGER ai AFTER INSERT ON posts BEGIN INSERT INTO docs(rowid, title) VALUES (new.id, new.title); END;
-- wants --
set-not-null posts.title 0
