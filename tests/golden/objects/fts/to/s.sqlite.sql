CREATE VIRTUAL TABLE words USING fts5(title, content='posts', content_rowid='id');
CREATE TRIGGER words_in AFTER INSERT ON posts BEGIN INSERT INTO words (rowid, title) VALUES (NEW.id, NEW.title); END;
CREATE VIEW found AS SELECT title, rowid FROM words;
CREATE VIRTUAL TABLE IF NOT EXISTS notes USING fts5(body);
