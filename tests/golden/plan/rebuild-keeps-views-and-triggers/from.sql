CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT
);
INSERT INTO posts VALUES (3, 'one', 'first'), (7, 'two', NULL);
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);
INSERT INTO users VALUES (1, 'ada'), (2, 'bob');
CREATE VIEW heads AS SELECT id, title FROM posts;
CREATE VIEW first AS SELECT * FROM heads WHERE id = 1;
CREATE TRIGGER heads_in INSTEAD OF INSERT ON heads BEGIN INSERT INTO posts (title) VALUES (NEW.title); END;
CREATE TRIGGER posts_in AFTER INSERT ON posts BEGIN UPDATE posts SET body = 'b' WHERE id = NEW.id AND body IS NULL; END;
CREATE TRIGGER users_in AFTER INSERT ON users BEGIN INSERT INTO posts (title) VALUES (NEW.name); END;
