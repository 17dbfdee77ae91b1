CREATE TABLE Posts (
  ID integer PRIMARY KEY,
  Title text NOT NULL,
  body TEXT
);
