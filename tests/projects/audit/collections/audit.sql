CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
	INSERT INTO audit_log ("table", action, before, after)
	VALUES (TG_TABLE_NAME, TG_OP,
		CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,
		CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);
	RETURN NULL;
END $$;
CREATE VIEW audit_today AS SELECT * FROM audit_log WHERE at >= CURRENT_DATE;
COMMENT ON FUNCTION audit() IS 'writes what changed';
REVOKE ALL ON audit_log FROM PUBLIC;
