-- schemas: public app
CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('sad', 'glad');
CREATE TABLE posts (id bigint PRIMARY KEY, title text);
CREATE FUNCTION plain() RETURNS void LANGUAGE sql AS $$ $$;
CREATE FUNCTION same(int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT $1 $$;
CREATE FUNCTION same(a varchar(10), VARIADIC rest double precision[]) RETURNS text
  LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 5 SET search_path = public, pg_temp
  AS $$ SELECT a $$;
CREATE FUNCTION same(a text DEFAULT 'it''s', b timestamptz DEFAULT now(), OUT c int, INOUT d app.mood DEFAULT 'sad')
  LANGUAGE plpgsql SECURITY DEFINER LEAKPROOF AS $body$ BEGIN c := 1; END $body$;
CREATE FUNCTION of_table() RETURNS SETOF posts LANGUAGE sql ROWS 5 AS $$ SELECT * FROM posts $$;
CREATE FUNCTION a_table(n int) RETURNS TABLE (id bigint, t text) LANGUAGE sql AS $$ SELECT id, title FROM posts $$;
CREATE FUNCTION app.later() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN app.other(1); END $$;
CREATE FUNCTION app.other("Odd name" int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN app.later(); END $$;
CREATE FUNCTION atomic(x posts) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT upper(x.title); END;
CREATE FUNCTION short(a int, b int) RETURNS int LANGUAGE sql RETURN a + b;
CREATE PROCEDURE tidy(INOUT n bigint) LANGUAGE plpgsql AS $$ BEGIN DELETE FROM posts; END $$;
CREATE PROCEDURE outer_one(a int, OUT b text) LANGUAGE plpgsql AS $$ BEGIN b := 'x'; END $$;
CREATE TABLE uses (id int DEFAULT short(1, 2), t text CHECK (same(1) = 1));
