-- what the planner writes for SQLite
CREATE TABLE users (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL DEFAULT 'DROP TABLE x' CHECK (length(name) <= 100),
	"order" TEXT UNIQUE,
	active BOOLEAN NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE pairs (a, b, PRIMARY KEY (a, b)) WITHOUT ROWID, STRICT;
CREATE INDEX posts_popular ON posts (views DESC, created_at) WHERE status = 'published';
CREATE UNIQUE INDEX posts_slug ON posts (slug);
CREATE INDEX users_name ON users (lower(name));
CREATE UNIQUE INDEX users_order ON users ("order");
ALTER TABLE posts ADD COLUMN views INTEGER;
ALTER TABLE posts ADD COLUMN views INTEGER NOT NULL DEFAULT 0 CHECK (views >= 0);
ALTER TABLE posts ADD COLUMN author_id INTEGER REFERENCES users (id) ON DELETE CASCADE;
ALTER TABLE posts ADD COLUMN price DECIMAL(12,2);
ALTER TABLE posts ADD COLUMN total INTEGER GENERATED ALWAYS AS (price * 2) VIRTUAL;
ALTER TABLE posts ADD COLUMN body TEXT NOT NULL;
ALTER TABLE posts ADD COLUMN made TIMESTAMP DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE posts RENAME COLUMN title TO headline;
ALTER TABLE posts RENAME TO articles;
ALTER TABLE posts DROP COLUMN title;
DROP INDEX posts_popular;
DROP TABLE posts;
CREATE VIEW popular AS SELECT * FROM posts WHERE views > 10;
DROP VIEW popular;
CREATE TRIGGER stamp AFTER UPDATE ON posts BEGIN
	UPDATE posts SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
	DELETE FROM stale;
END;
DROP TRIGGER stamp;
CREATE VIRTUAL TABLE search USING fts5(title, body);
DROP TABLE users;
