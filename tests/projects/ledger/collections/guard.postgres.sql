CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
	RAISE EXCEPTION 'entries are never deleted';
END
$body$;
CREATE TRIGGER entries_are_kept BEFORE DELETE ON entries FOR EACH ROW EXECUTE FUNCTION keep();
CREATE FUNCTION balanced() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
	IF (SELECT sum(amount) FROM entries WHERE transfer_id = NEW.transfer_id) <> 0 THEN
		RAISE EXCEPTION 'transfer % is not balanced', NEW.transfer_id;
	END IF;
	RETURN NULL;
END
$body$;
CREATE CONSTRAINT TRIGGER transfer_is_balanced AFTER INSERT OR UPDATE ON entries
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balanced();
