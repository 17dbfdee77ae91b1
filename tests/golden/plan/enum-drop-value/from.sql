CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT,
  status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'sent', 'gone'))
);
INSERT INTO posts VALUES (1, 'a', NULL, 'draft'), (2, 'b', NULL, 'sent');
