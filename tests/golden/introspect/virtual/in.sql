CREATE TABLE posts (id INTEGER PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE search USING fts5(body, content='posts', content_rowid='id');
CREATE VIRTUAL TABLE places USING rtree(id, x0, x1);
CREATE TABLE search_of_mine (a);
CREATE TRIGGER posts_search AFTER INSERT ON posts BEGIN
	INSERT INTO search (rowid, body) VALUES (NEW.id, NEW.body);
END;
