#include <deesse/dsl.h>

/* Names that a query or the database gives, and none that is wrong. */
COLLECTION(people) = {
	TEXT(name),
	TEXT(Nick),
	JSON(tags),
	INTEGER(age),
	RELATION(boss, people),
#ifdef DEESSE_POSTGRES
	POLICY(seen,
	    .using = "EXISTS (SELECT 1 FROM people p WHERE p.boss_id = "
		     "people.id AND p.\"Nick\" = \"Nick\" AND age > 3) OR "
		     "current_setting('app.user') IN (SELECT rolname FROM "
		     "pg_roles WHERE rolsuper)"),
	POLICY(listed,
	    .using = "id = ANY (ARRAY(SELECT q.k FROM (SELECT id AS k FROM "
		     "people WHERE xmin IS NOT NULL) q)) AND tags @> (SELECT "
		     "jsonb_agg(e.value) FROM jsonb_array_elements(tags) e "
		     "WHERE value IS NOT NULL)"),
#else
	TRIGGER(kept, .event = "after update",
	    .sql = "INSERT INTO log SELECT new.id, value FROM "
		   "json_each(new.tags) WHERE key = 1;"
		   "UPDATE people SET age = max(age, 1), name = ROWID "
		   "WHERE oid = new.rowid AND NICK = \"a string\";"
		   "INSERT INTO people(name) VALUES (old.name) "
		   "ON CONFLICT (id) DO UPDATE SET name = excluded.name;"),
#endif
};

VIEW(named, .sql = "SELECT p.id, upper(p.name) AS loud, b.name boss, "
		   "count(*) FROM people p LEFT JOIN people b ON "
		   "b.id = p.boss_id GROUP BY p.id, loud, b.name "
		   "HAVING count(*) > 1 ORDER BY loud, boss, count(*)");
VIEW(tree, .sql = "WITH RECURSIVE up (id, depth) AS (SELECT id, 0 FROM people "
		  "WHERE boss_id IS NULL UNION ALL SELECT p.id, depth + 1 "
		  "FROM people p JOIN up ON up.id = p.boss_id) "
		  "SELECT depth, count(*) AS n FROM up GROUP BY depth "
		  "ORDER BY n DESC, depth");
VIEW(ranked, .sql = "SELECT name, rank() OVER w AS place, row_number() OVER "
		    "(PARTITION BY boss_id ORDER BY age DESC) AS nth FROM "
		    "people WINDOW w AS (ORDER BY age) ORDER BY place, nth");
VIEW(both, .sql = "SELECT id, name AS what FROM people UNION SELECT id, 'x' "
		  "FROM tree_of ORDER BY what");
VIEW(tree_of, .sql = "SELECT x.id FROM (people AS x JOIN people AS y "
		     "ON y.id = x.boss_id) WHERE y.age > 3");
VIEW(counted, .sql = "SELECT (SELECT count(*) FROM people k WHERE k.boss_id = "
		     "p.id AND age > p.age) AS below, CASE WHEN age > 3 THEN "
		     "name ELSE 'none' END AS label, age IS NOT DISTINCT FROM "
		     "3 AS three FROM people p");
#ifdef DEESSE_POSTGRES
VIEW(sides, .sql = "SELECT p.name, s.total, t.tag, o.ord FROM ONLY people p "
		   "CROSS JOIN LATERAL (SELECT sum(age) AS total FROM people "
		   "WHERE boss_id = p.id) s, jsonb_array_elements(p.tags) "
		   "WITH ORDINALITY AS t (tag, nr), ROWS FROM "
		   "(generate_series(1, 2)) AS o (ord) WHERE nr = ord");
VIEW(renamed, .sql = "SELECT a, b FROM people AS p (a, b)");
VIEW(aggregated, .sql = "SELECT array_agg(name ORDER BY age) FILTER (WHERE age "
			"> 3) AS names, extract(year FROM created_at) AS year "
			"FROM people GROUP BY GROUPING SETS ((), (year))");
VIEW(whole, .sql = "SELECT p, row_to_json(p) AS json, (p).name, p.shout, "
		   "p.ctid, p.tableoid::regclass FROM people p");
#endif
