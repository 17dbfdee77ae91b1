CREATE SCHEMA ext;

CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE people SET seen = now() WHERE id = new.id;
	RETURN NULL;
END $$;

CREATE FUNCTION counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RETURN NULL;
END $$;
