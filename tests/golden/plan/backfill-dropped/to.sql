CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  surname TEXT,
  name TEXT NOT NULL
);
-- was people.surname family
-- backfill people.name coalesce(first || ' ', '') || surname
