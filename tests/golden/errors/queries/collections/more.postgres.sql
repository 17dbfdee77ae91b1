CREATE MATERIALIZED VIEW sums (a, b) AS
	SELECT t.titel, sum(size) FROM teams t GROUP BY 1 WITH NO DATA;

CREATE POLICY seen ON users FOR SELECT
	USING (activ OR team_id = (SELECT idd FROM teams LIMIT 1));
CREATE POLICY made ON users FOR INSERT WITH CHECK ("fullname" <> '');

CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
	$$BEGIN RETURN new; END$$;
CREATE TRIGGER touches BEFORE UPDATE ON posts FOR EACH ROW
	WHEN (new.titel IS DISTINCT FROM old.title) EXECUTE FUNCTION touch();
