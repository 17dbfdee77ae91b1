CREATE TABLE users (
	id INTEGER PRIMARY KEY,
	email TEXT NOT NULL UNIQUE CHECK (length(email) <= 255),
	active BOOLEAN NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
	updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE posts (
	id INTEGER PRIMARY KEY,
	title TEXT NOT NULL UNIQUE CHECK (length(title) <= 100),
	status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'published')),
	views INTEGER NOT NULL DEFAULT 0,
	author_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	CONSTRAINT posts_views_positive CHECK (views >= 0)
);
CREATE INDEX posts_popular ON posts (views DESC, title) WHERE status = 'published';
CREATE TABLE post_tags (
	post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
	tag TEXT NOT NULL,
	PRIMARY KEY (post_id, tag)
) WITHOUT ROWID;
