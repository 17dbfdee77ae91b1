CREATE EXTENSION btree_gist;
CREATE TABLE users (
  id bigint PRIMARY KEY,
  email text UNIQUE,
  first text,
  last text,
  age integer CHECK (age >= 0),
  CONSTRAINT whole CHECK (first IS NOT NULL OR last IS NOT NULL),
  CONSTRAINT alone CHECK (age < 200) NO INHERIT,
  CONSTRAINT named UNIQUE (first, last) INCLUDE (age),
  UNIQUE NULLS NOT DISTINCT (last, age),
  CONSTRAINT later UNIQUE (age) DEFERRABLE,
  CONSTRAINT latest UNIQUE (first) DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE users ADD CONSTRAINT promised CHECK (email <> '') NOT VALID;
CREATE TABLE pairs (
  a integer, b integer, c text, PRIMARY KEY (b, a) INCLUDE (c), UNIQUE (a, b));
CREATE TABLE posts (
  id integer CONSTRAINT "the Key" PRIMARY KEY,
  author bigint REFERENCES users,
  editor bigint REFERENCES users (id) ON DELETE CASCADE ON UPDATE RESTRICT,
  parent integer REFERENCES posts ON DELETE SET NULL,
  a integer, b integer, d integer,
  mail text REFERENCES users (email) ON DELETE SET DEFAULT
    ON UPDATE CASCADE DEFERRABLE,
  FOREIGN KEY (b, a) REFERENCES pairs MATCH FULL ON DELETE NO ACTION
    DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT one_of_two FOREIGN KEY (a, b) REFERENCES pairs (a, b)
    ON DELETE SET NULL (b),
  CONSTRAINT as_pair FOREIGN KEY (b, a) REFERENCES pairs
    ON DELETE SET DEFAULT (a, b));
ALTER TABLE posts ADD CONSTRAINT unproven FOREIGN KEY (d, a)
  REFERENCES pairs NOT VALID;
CREATE TABLE egg (id integer PRIMARY KEY, hen integer);
CREATE TABLE hen (id integer PRIMARY KEY, egg integer REFERENCES egg);
ALTER TABLE egg ADD FOREIGN KEY (hen) REFERENCES hen;
CREATE TABLE bookings (
  room integer, during tsrange, kind text, at point, note text,
  EXCLUDE USING gist (room WITH =, during WITH &&),
  CONSTRAINT odd EXCLUDE USING gist (kind COLLATE "C" gist_text_ops WITH =,
    (lower(note)) WITH <>, during WITH &&) INCLUDE (room)
    WHERE (kind <> 'free') DEFERRABLE INITIALLY DEFERRED,
  EXCLUDE (room WITH =));
COMMENT ON CONSTRAINT whole ON users IS 'no one is nameless';
COMMENT ON CONSTRAINT posts_author_fkey ON posts IS 'who wrote it';
