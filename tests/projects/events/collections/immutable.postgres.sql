CREATE RULE no_update AS ON UPDATE TO events DO INSTEAD NOTHING;
CREATE RULE no_delete AS ON DELETE TO events DO INSTEAD NOTHING;
CREATE FUNCTION append(stream uuid, expected bigint, kind text, data jsonb) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE at bigint;
BEGIN
	UPDATE streams SET version = version + 1 WHERE id = stream AND version = expected;
	IF NOT FOUND THEN RAISE EXCEPTION 'conflict' USING ERRCODE = '40001'; END IF;
	INSERT INTO events (stream_id, version, kind, data) VALUES (stream, expected + 1, kind, data) RETURNING position INTO at;
	RETURN at;
END $$;
CREATE PROCEDURE rebuild(IN what text) LANGUAGE sql AS $$ UPDATE projections SET position = 0 WHERE name = what $$;
