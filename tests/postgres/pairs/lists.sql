-- lists: the server's spelling of a varchar's reads as another, IN does not
CREATE TABLE notes (id int PRIMARY KEY, s varchar(20));
-- to
CREATE TABLE notes (id int PRIMARY KEY,
  s varchar(20) CHECK (s IN ('a', 'b')),
  k varchar CHECK (k IN ('x')),
  c char(3) CHECK (c NOT IN ('abc', 'd''f')),
  t text CHECK (t IN ('a', 'b') AND lower(t) IN ('a', 'b')),
  n name CHECK (n IN ('a', 'b')),
  r varchar GENERATED ALWAYS AS
    (CASE WHEN s IN ('a', 'b') THEN 'yes' ELSE 'no' END) STORED,
  CONSTRAINT both_of CHECK (k || s NOT IN ('ab', 'cd') OR s IN ('x', 'y')));
CREATE INDEX notes_few ON notes (id) WHERE s IN ('a', 'b') AND t = 'x';
CREATE DOMAIN answer AS varchar CHECK (VALUE IN ('yes', 'no'));
CREATE VIEW few AS SELECT id FROM notes m WHERE m.s IN ('a', 'b')
  AND m.k <> 's = ANY (ARRAY[''a''::text, ''b''::text])';
CREATE POLICY few ON notes USING (s IN ('a', 'b'));
