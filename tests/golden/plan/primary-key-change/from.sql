CREATE TABLE tags (
  name TEXT NOT NULL,
  lang TEXT NOT NULL,
  PRIMARY KEY (name)
);
INSERT INTO tags VALUES ('a', 'en');
