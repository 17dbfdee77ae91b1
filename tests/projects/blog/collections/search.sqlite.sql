CREATE VIRTUAL TABLE posts_search USING fts5(title, body, content='posts', content_rowid='id');
CREATE TRIGGER posts_search_insert AFTER INSERT ON posts BEGIN
	INSERT INTO posts_search(rowid, title, body) VALUES (new.id, new.title, new.body);
END;
