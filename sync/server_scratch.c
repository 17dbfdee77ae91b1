/* server_scratch - a database of a server's own in which a text is read */
#include "sync/server_scratch.h"

#include <string.h>

#include "db/postgres.h"
#include "introspect/introspect.h"
#include "sql/lex.h"
#include "sql/quote.h"
#include "sql/split.h"
#include "sync/dialect.h"

#define D DIALECT_POSTGRES
#define PREFIX "_deesse_scratch_"

/* The number behind it is that of the backend that made it: one that is gone
 * was killed, and nobody else uses it. */
static const char leftovers[] =
    "SELECT datname FROM pg_catalog.pg_database WHERE datname ~ '^" PREFIX
    "[0-9]+$' AND pg_catalog.pg_has_role(datdba, 'USAGE') AND NOT EXISTS ("
    "SELECT FROM pg_catalog.pg_stat_activity WHERE pid::text = "
    "substr(datname, length('" PREFIX "') + 1))";

static bool
run_on(struct db *db, const char *before, const char *name, const char *after,
    struct err *err)
{
	struct buf sql = { 0 };
	bool ok;

	buf_puts(&sql, before);
	sql_ident(&sql, D, name);
	buf_puts(&sql, after);
	ok = db_exec(db, buf_str(&sql), err);
	buf_release(&sql);
	return ok;
}

static void
drop(struct db *server, const char *name)
{
	struct err ignored = { 0 };

	run_on(server, "DROP DATABASE IF EXISTS ", name, "", &ignored);
	err_release(&ignored);
}

static void
drop_leftovers(struct arena *a, struct db *server)
{
	struct err ignored = { 0 };
	struct names found = { 0 };
	struct db_rows *r = db_query(server, leftovers, NULL, 0, &ignored);

	while (r && db_rows_next(r, &ignored))
		vec_push(a, &found, arena_strdup(a, db_text(r, 0)));
	if (r)
		db_rows_end(r);
	for (size_t i = 0; i < found.n; i++)
		drop(server, found.v[i]);
	err_release(&ignored);
}

static bool
make(struct arena *a, struct server_scratch *s, const struct db_url *url,
    struct err *err)
{
	struct db_url there = *url;
	const char *name;
	int64_t pid;

	if (!db_open(&s->server, url, DB_READ, err) ||
	    !db_count(
		s->server, "SELECT pg_catalog.pg_backend_pid()", &pid, err))
		return false;
	drop_leftovers(a, s->server);
	name = arena_fmt(a, PREFIX "%lld", (long long)pid);
	if (!run_on(s->server, "CREATE DATABASE ", name,
		" TEMPLATE template0 ENCODING 'UTF8'", err)) {
		err_add(err,
		    "a .sql file is read in a database that is made beside %s "
		    "and dropped: name one with --database where this role may "
		    "do that (CREATEDB)",
		    url->shown);
		return false;
	}
	s->name = name;
	there.database = name;
	return db_open(&s->db, &there, DB_WRITE, err) && db_begin(s->db, err);
}

/* ---- the text ----------------------------------------------------------- */

/* What is done with a statement that begins so; what is not here is run. */
static const struct {
	const char *word;
	const char *refused; /* why, or NULL: it is passed over */
} heads[] = {
	/* all of it is one transaction anyway */
	{ "begin", NULL },
	{ "start", NULL },
	{ "commit", NULL },
	{ "end", NULL },
	/* rows are no part of a schema */
	{ "copy", NULL },
	{ "rollback", "takes back what was said before" },
	{ "abort", "takes back what was said before" },
	{ "prepare", "is no part of a schema" },
};

static bool
is_passed(const struct statement *st, struct err *err)
{
	struct lexer l;
	struct token t;
	bool passed = st->data;

	lex_init(&l, D, st->text, st->len);
	lex_next(&l, &t);
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		if (!token_is(&t, heads[i].word))
			continue;
		if (heads[i].refused)
			err_fail(err, "%s %s", heads[i].word, heads[i].refused);
		passed = true;
	}
	if (t.kind == TOKEN_META) {
		/* pg_dump brackets what it writes with these two */
		if (strncmp(t.at, "\\restrict", 9) != 0 &&
		    strncmp(t.at, "\\unrestrict", 11) != 0)
			err_fail(err, "a command of psql is no SQL");
		passed = true;
	}
	lex_release(&l);
	return passed;
}

static bool
run_text(struct arena *a, struct db *db, const char *text, size_t len,
    struct err *err)
{
	struct statements all = { 0 };

	sql_split(a, &all, D, text, len);
	for (size_t i = 0; i < all.n; i++) {
		const struct statement *st = &all.v[i];

		if (!is_passed(st, err) &&
		    !db_exec(db, arena_strndup(a, st->text, st->len), err))
			return err_prefix(err, "%d", st->line);
		if (err->kind)
			return err_prefix(err, "%d", st->line);
	}
	return true;
}

bool
server_scratch_load(struct arena *a, struct server_scratch *s,
    const struct db_url *url, const char *text, size_t len, struct err *err)
{
	/* what a dump sets for itself says nothing of what is read then */
	return make(a, s, url, err) && run_text(a, s->db, text, len, err) &&
	       db_exec(s->db,
		   "RESET ROLE; RESET SESSION AUTHORIZATION;"
		   "SET search_path = '" POSTGRES_SEARCH_PATH "'",
		   err);
}

struct schema *
server_scratch_read(struct arena *a, struct server_scratch *s, struct err *err)
{
	struct names *all = arena_new(a, struct names);

	if (!sync_dialect(D)->list_schemas(a, s->db, all, err))
		return NULL;
	db_manage(s->db, all);
	return introspect(a, s->db, err);
}

void
server_scratch_release(struct server_scratch *s)
{
	if (s->db) {
		db_rollback(s->db);
		db_close(s->db);
	}
	if (s->name)
		drop(s->server, s->name);
	if (s->server)
		db_close(s->server);
	*s = (struct server_scratch){ 0 };
}
