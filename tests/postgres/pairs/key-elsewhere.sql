CREATE TABLE posts (id int PRIMARY KEY, slug int NOT NULL UNIQUE);
CREATE TABLE notes (post int REFERENCES posts);
INSERT INTO posts VALUES (1, 1);
INSERT INTO notes VALUES (1);
-- to
CREATE TABLE posts (id int UNIQUE, slug int, CONSTRAINT by_slug PRIMARY KEY (slug));
CREATE TABLE notes (post int REFERENCES posts (slug));
