CREATE VIRTUAL TABLE words USING fts5(title, content='posts', content_rowid='id');
CREATE VIRTUAL TABLE places USING rtree(id, minx, maxx, miny, maxy);
CREATE TRIGGER words_in AFTER INSERT ON posts BEGIN INSERT INTO words (rowid, title) VALUES (NEW.id, NEW.title); END;
CREATE VIEW found AS SELECT rowid, title FROM words;
