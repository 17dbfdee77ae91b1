INSERT INTO documents (title, body) VALUES ('Ships', 'about sailing');
REFRESH MATERIALIZED VIEW titles;
DO $$
BEGIN
	ASSERT (SELECT search @@ to_tsquery('english', 'sail') FROM documents), 'full text';
	ASSERT (SELECT title = 'Ships' FROM titles), 'the materialized view';
	BEGIN
		INSERT INTO documents (title, body, lang) VALUES ('', '', 'De');
		RAISE 'a language that is none';
	EXCEPTION WHEN check_violation THEN
	END;
END $$;
