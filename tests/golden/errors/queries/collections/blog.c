#include <deesse/dsl.h>

COLLECTION(users) = {
	TEXT(name),
	TEXT(email),
	TEXT(fullName),
	BOOLEAN(active),
	RELATION(team, teams),
};

COLLECTION(teams) = {
	TEXT(title),
	INTEGER(size),
};

COLLECTION(posts) = {
	TEXT(title),
	RELATION(author, users),
	POLICY(own, .using = "EXISTS (SELECT 1 FROM users u "
			     "WHERE u.idd = author_id AND u.active)",
	    .only = POSTGRES),
	POLICY(teams, .using = "author_id IN (SELECT id FROM users "
			       "WHERE nam = titel AND activ)",
	    .with_check = "(SELECT max(t.sice) FROM public.teams AS t) > 3",
	    .only = POSTGRES),
	TRIGGER(lite, .event = "after update of title",
	    .sql = "UPDATE users SET nmae = (SELECT new.titl), email = 'x'\n"
		   "WHERE id = old.author_id AND nam = '';\n"
		   "DELETE FROM teams WHERE sise > 3;\n"
		   "INSERT INTO teams(title, siz) SELECT emial, 3 FROM users "
		   "WHERE users.activ;",
	    .only = SQLITE),
};

VIEW(busy,
    .sql = "SELECT u.name, count(*) AS n FROM users AS u\n"
	   "JOIN posts p ON p.authr_id = u.id\n"
	   "LEFT JOIN teams t ON t.id = u.team\n"
	   "WHERE u.actve AND tital = '' AND fullname > ''\n"
	   "GROUP BY u.naem, n ORDER BY n, lost");
VIEW(inner_ones,
    .sql = "WITH w AS (SELECT id AS k, nema FROM users) "
	   "SELECT w.anything, q.lala FROM w, "
	   "(SELECT emial AS lala FROM users) q ORDER BY lala");
VIEW(united, .sql = "SELECT name FROM users UNION ALL SELECT tittle "
		    "FROM teams ORDER BY name");
