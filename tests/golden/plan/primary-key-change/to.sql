CREATE TABLE tags (
  name TEXT NOT NULL,
  lang TEXT NOT NULL,
  PRIMARY KEY (name, lang)
);
