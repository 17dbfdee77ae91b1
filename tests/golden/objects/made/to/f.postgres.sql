CREATE FUNCTION slug(t text) RETURNS text LANGUAGE sql IMMUTABLE
AS $$ SELECT lower(regexp_replace(t, '\W+', '-', 'g')) $$;

CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.title := slug(NEW.title);
	RETURN NEW;
END $$;

CREATE TRIGGER stamp BEFORE INSERT ON posts
FOR EACH ROW EXECUTE FUNCTION stamp();

-- takes another argument later, so that OR REPLACE cannot
CREATE FUNCTION top(n integer DEFAULT 5) RETURNS SETOF posts LANGUAGE sql STABLE
AS 'SELECT * FROM posts ORDER BY views DESC LIMIT n';

CREATE VIEW best AS SELECT id, title FROM top(3);

CREATE PROCEDURE forget(old bigint) LANGUAGE sql
BEGIN ATOMIC
	UPDATE posts SET views = 0 WHERE id = old;
END;

CREATE FUNCTION over(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION over(a text) RETURNS text LANGUAGE sql AS 'SELECT a';

CREATE AGGREGATE product(numeric) (SFUNC = numeric_mul, STYPE = numeric);
COMMENT ON FUNCTION slug(text) IS 'it''s short';
COMMENT ON VIEW best IS 'what is read';
