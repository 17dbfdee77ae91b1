-- schemas: public app
CREATE SCHEMA app;
CREATE TYPE app.money2 AS (amount numeric(12, 2), currency text COLLATE "C", "from" date[]);
CREATE TYPE empty AS ();
CREATE TYPE span AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);
CREATE TYPE app.words AS RANGE (SUBTYPE = text, COLLATION = "C", MULTIRANGE_TYPE_NAME = app.many_words);
CREATE DOMAIN email AS varchar(100) COLLATE "C" DEFAULT 'a@b' NOT NULL
  CONSTRAINT has_at CHECK (VALUE ~ '@') CHECK (length(VALUE) > 3);
CREATE DOMAIN app."Zip" AS text;
CREATE DOMAIN app.zips AS app."Zip"[];
CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de-u-co-phonebk', DETERMINISTIC = false);
CREATE COLLATION app.c (LOCALE = 'C');
CREATE COLLATION app.mixed (LC_COLLATE = 'C', LC_CTYPE = 'POSIX');
CREATE TABLE t (id int, m app.money2, s span, e email, z app.zips, n text COLLATE german);
