-- as pg_dump and people write it
SET client_encoding = 'UTF8';
\connect other

CREATE TABLE public.posts (
    id bigint NOT NULL, -- a; comment
    title text DEFAULT 'it''s; $$'::text
);
CREATE FUNCTION stamp() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
BEGIN
    EXECUTE $q$ DELETE FROM a; $q$;
END;
$_$;
CREATE FUNCTION two() RETURNS int
BEGIN ATOMIC
    SELECT CASE WHEN true THEN 1 END;
    SELECT 2 AS end;
END;
CREATE RULE r AS ON INSERT TO posts DO ALSO (SELECT 1; SELECT 2);
BEGIN; SELECT E'\';'; COMMIT;
/* a /* nested; */ comment; */ SELECT 'last'
