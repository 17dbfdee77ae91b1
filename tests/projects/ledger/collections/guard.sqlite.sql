CREATE TRIGGER entries_are_kept BEFORE DELETE ON entries BEGIN
	SELECT RAISE(ABORT, 'entries are never deleted');
END;
