-- What a database holds, a line each: what a user's programs see, and (inside)
-- what deesse keeps for itself or has half made. Nothing that is another one
-- each time: no oids, times, tokens, nor the order of columns.
CREATE OR REPLACE FUNCTION pg_temp.rows_of(t regclass, without text[])
RETURNS text LANGUAGE plpgsql AS $$
DECLARE got text;
BEGIN
	EXECUTE format('SELECT count(*) || '' '' || md5(coalesce(string_agg(x, chr(10) ORDER BY x), ''''))
		FROM (SELECT (to_jsonb(t) - $1)::text FROM %s t) r(x)', t)
		INTO got USING without;
	RETURN got;
END $$;
CREATE TEMPORARY VIEW spaces AS SELECT oid, nspname, nspname IN ('deesse', 'deesse_trash') AS inside
	FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema';
CREATE TEMPORARY VIEW relations AS SELECT c.*, n.inside OR c.relname LIKE '%\_deesse\_online\_%' AS inside,
	format('%I.%I', n.nspname, c.relname) AS name
	FROM pg_class c JOIN spaces n ON n.oid = c.relnamespace;
CREATE TEMPORARY VIEW lines AS
SELECT inside, format('relation %s %s %s %s %s %s %s %s %s', name, relkind, relpersistence, relrowsecurity,
	relforcerowsecurity, reloptions, relacl, pg_get_expr(relpartbound, oid),
	CASE relkind WHEN 'p' THEN pg_get_partkeydef(oid) WHEN 'v' THEN pg_get_viewdef(oid) END) AS line
	FROM relations WHERE relkind NOT IN ('i', 'I', 't')
UNION ALL SELECT r.inside OR a.attname LIKE '\_deesse\_online\_%', format('column %s.%I %s %s %s %s %s %s %s', r.name, attname,
	format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, attacl,
	pg_get_expr(d.adbin, d.adrelid), col_description(r.oid, attnum))
	FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND adnum = attnum
	WHERE r.relkind IN ('r', 'p', 'v') AND attnum > 0 AND NOT attisdropped
UNION ALL SELECT r.inside OR k.conname LIKE '\_deesse\_online\_%' OR EXISTS (SELECT FROM pg_attribute
	WHERE attrelid = r.oid AND attnum = ANY (conkey) AND attname LIKE '\_deesse\_online\_%'),
	format('constraint %s %I %s %s %s', r.name, conname, pg_get_constraintdef(k.oid), convalidated, obj_description(k.oid, 'pg_constraint'))
	FROM relations r JOIN pg_constraint k ON k.conrelid = r.oid
UNION ALL SELECT r.inside OR i.inside, format('index %s %s %s %s', i.name, pg_get_indexdef(i.oid), indisvalid, obj_description(i.oid, 'pg_class'))
	FROM pg_index x JOIN relations r ON r.oid = indrelid JOIN relations i ON i.oid = indexrelid
UNION ALL SELECT r.inside OR tgname LIKE '~\_deesse\_online\_%', format('trigger %s %s', pg_get_triggerdef(t.oid), tgenabled)
	FROM relations r JOIN pg_trigger t ON tgrelid = r.oid WHERE NOT tgisinternal
UNION ALL SELECT r.inside, format('inherits %s %s %s', i.inhrelid::regclass, r.name, to_jsonb(i)->'inhdetachpending')
	FROM relations r JOIN pg_inherits i ON i.inhparent = r.oid WHERE r.relkind IN ('r', 'p')
UNION ALL SELECT r.inside, format('policy %s %I %s %s %s', r.name, polname, polcmd, pg_get_expr(polqual, r.oid), pg_get_expr(polwithcheck, r.oid))
	FROM relations r JOIN pg_policy p ON polrelid = r.oid
UNION ALL SELECT n.inside, format('function %s %s %s', pg_get_functiondef(p.oid), proacl, obj_description(p.oid, 'pg_proc'))
	FROM pg_proc p JOIN spaces n ON n.oid = pronamespace WHERE prokind = 'f'
UNION ALL SELECT n.inside, format('enum %s %s', t.oid::regtype, string_agg(enumlabel, ' ' ORDER BY enumsortorder))
	FROM pg_type t JOIN spaces n ON n.oid = typnamespace JOIN pg_enum e ON enumtypid = t.oid GROUP BY 1, t.oid
UNION ALL SELECT inside, format('sequence %s %s', name, CASE WHEN inside THEN NULL ELSE pg_sequence_last_value(oid) END)
	FROM relations WHERE relkind = 'S'
UNION ALL SELECT inside, format('rows %s %s', name, pg_temp.rows_of(oid, CASE WHEN name LIKE 'deesse%'
	THEN '{at,run,token,before,after,fingerprint,source_key,declared,by,objects,counter,change,hash,version,trash,bytes,parent,days,kept}'
	ELSE (SELECT coalesce(array_agg(attname::text), '{}') FROM pg_attribute WHERE attrelid = r.oid AND attname LIKE '\_deesse\_online\_%') END::text[]))
	FROM relations r WHERE relkind = 'r' AND name NOT IN ('deesse.state', 'deesse.spelling');
