CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  headline TEXT NOT NULL,
  body TEXT,
  views INTEGER
);
CREATE INDEX articles_headline ON articles (headline);
-- was articles posts
-- was articles.headline title
