/* judge - prints what is destructive in the SQL on standard input
 *
 *     cc judge.c $(pkg-config --cflags --libs deesse-sentinel) -o judge
 *     ./judge postgres <migration.sql
 *
 * Ends with 3 where something is, as `deesse check` does.
 */
#include <deesse/sentinel.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *
read_all(FILE *in, size_t *len)
{
	size_t room = 1 << 16;
	char *text = malloc(room);

	*len = 0;
	while (text && !feof(in) && !ferror(in)) {
		*len += fread(text + *len, 1, room - *len, in);
		if (*len == room) {
			char *more = realloc(text, room *= 2);

			if (!more)
				free(text);
			text = more;
		}
	}
	return text;
}

int
main(int argc, char **argv)
{
	bool sqlite = argc > 1 && !strcmp(argv[1], "sqlite");
	deesse_sentinel *s =
	    deesse_sentinel_open(sqlite ? DEESSE_SQLITE : DEESSE_POSTGRES, 0);
	struct deesse_statement st;
	size_t len, destructive = 0;
	char *sql = read_all(stdin, &len);

	if (!sql)
		return 1;
	deesse_sentinel_read(s, sql, len);
	while (deesse_sentinel_next(s, &st)) {
		destructive += st.destructive;
		for (size_t i = 0; i < st.n_findings; i++)
			printf("%d:%d: %s %s: %s\n", st.line, st.column,
			    st.findings[i].destructive ? "destructive" : "note",
			    st.findings[i].rule, st.findings[i].message);
	}
	deesse_sentinel_close(s);
	free(sql);
	return destructive ? 3 : 0;
}
