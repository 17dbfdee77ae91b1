CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT
);
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  letter TEXT
);
-- was articles posts
