/* journal - what deesse knows of a database, kept in that database */
#include "journal/journal.h"

#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "journal/dialect.h"

const struct journal_sql *
journal_sql(enum dialect d)
{
	static const struct journal_sql *const by_dialect[DIALECT_COUNT] = {
		[DIALECT_SQLITE] = &journal_sqlite,
		[DIALECT_POSTGRES] = &journal_postgres,
	};

	return by_dialect[d];
}

static const struct journal_sql *
sql_of(struct db *db)
{
	return journal_sql(db_dialect(db));
}

/* Where each key of the state goes; `at` is when the run was written. */
static const struct {
	const char *key;
	size_t offset;
} heads[] = {
	{ "version", offsetof(struct journal_state, version) },
	{ "source_key", offsetof(struct journal_state, source_key) },
	{ "fingerprint", offsetof(struct journal_state, fingerprint) },
	{ "declared", offsetof(struct journal_state, declared) },
	{ "at", offsetof(struct journal_state, at) },
	{ "protected", offsetof(struct journal_state, protected) },
};

static void
set_head(struct arena *a, struct journal_state *s, const char *key,
    const char *value)
{
	if (!strcmp(key, "schemas"))
		journal_read_lines(a, &s->schemas, value);
	if (!strcmp(key, "strays")) {
		journal_read_lines(a, &s->strays, value);
		s->knows_strays = true;
	}
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		if (strcmp(heads[i].key, key))
			continue;
		*(const char **)((char *)s + heads[i].offset) =
		    arena_strdup(a, value);
	}
}

/* What is read together, for each round trip takes its time. */
struct state_reading {
	struct arena *a;
	struct journal_state *s;
};

static void
read_head(void *arg, struct db_rows *r)
{
	struct state_reading *x = arg;

	set_head(x->a, x->s, db_text(r, 0), db_text(r, 1));
}

static void
own_lines(struct arena *a, struct map *owned, char *lines)
{
	char *key;

	while ((key = journal_next_line(&lines)))
		map_put(a, owned, key, key);
}

static void
read_owned(void *arg, struct db_rows *r)
{
	struct state_reading *x = arg;

	own_lines(x->a, &x->s->owned, arena_strdup(x->a, db_text(r, 1)));
}

/* The head, and with n = 2 what is owned. */
static bool
read_state(struct arena *a, struct db *db, struct journal_state *s, size_t n,
    struct err *err)
{
	const struct db_ask asks[] = {
		{ .sql = sql_of(db)->head, .read = read_head },
		{ .sql = sql_of(db)->owned, .read = read_owned },
	};
	struct state_reading x = { a, s };
	struct err e = { 0 };
	struct db_rows *r = db_query(db, sql_of(db)->exists, NULL, 0, err);

	*s = (struct journal_state){ 0 };
	if (!r)
		return false;
	s->known = db_rows_next(r, &e);
	db_rows_end(r);
	if (e.kind) {
		*err = e;
		return false;
	}
	return !s->known || db_ask(db, asks, n, &x, err);
}

bool
journal_read_head(
    struct arena *a, struct db *db, struct journal_state *s, struct err *err)
{
	return read_state(a, db, s, 1, err);
}

bool
journal_read(
    struct arena *a, struct db *db, struct journal_state *s, struct err *err)
{
	return read_state(a, db, s, 2, err);
}

/* The keys of one object and its parts stand in one row, a line each; a key
 * may hold a newline itself, so that and the backslash are written \n, \\. */
void
journal_put_line(struct buf *out, const char *key)
{
	for (; *key; key++) {
		if (*key == '\n')
			buf_puts(out, "\\n");
		else if (*key == '\\')
			buf_puts(out, "\\\\");
		else
			buf_putc(out, *key);
	}
	buf_putc(out, '\n');
}

/* Takes the next line off *lines, in place; NULL at the end. */
char *
journal_next_line(char **lines)
{
	char *start = *lines, *in = start, *out = start;

	if (!*start)
		return NULL;
	for (; *in && *in != '\n'; in++) {
		if (*in == '\\' && in[1])
			*out++ = *++in == 'n' ? '\n' : *in;
		else
			*out++ = *in;
	}
	*lines = *in ? in + 1 : in;
	*out = '\0';
	return start;
}

void
journal_read_lines(struct arena *a, struct names *out, const char *lines)
{
	char *rest = arena_strdup(a, lines), *line;

	while ((line = journal_next_line(&rest)))
		vec_push(a, out, line);
}

static const char *
who(struct arena *a)
{
	struct passwd pw, *found = NULL;
	char space[4096];

	if (!getpwuid_r(geteuid(), &pw, space, sizeof(space), &found) && found)
		return arena_strdup(a, found->pw_name);
	return arena_fmt(a, "uid %u", (unsigned)geteuid());
}

/* Runs one statement with parameters that returns no rows. */
static bool
run(struct db *db, const char *sql, const char *const *params, size_t n,
    struct err *err)
{
	struct err e = { 0 };
	struct db_rows *r = db_query(db, sql, params, n, err);

	if (!r)
		return false;
	while (db_rows_next(r, &e))
		;
	db_rows_end(r);
	if (e.kind)
		*err = e;
	return !e.kind;
}

/* Rows of an INSERT are sent many at a time: a statement a row would cost a
 * fifth of a large first push. */
#define BATCH 100

struct batch {
	struct db *db;
	const char *insert, *end; /* before and after the values */
	size_t width, n;
	struct names params;
	struct arena texts; /* of the rows that wait */
};

static bool
batch_send(struct batch *b, struct err *err)
{
	struct buf sql = { 0 };
	bool ok;

	if (!b->params.n || !b->width)
		return true;
	buf_puts(&sql, b->insert);
	for (size_t i = 0; i < b->params.n; i++)
		buf_fmt(&sql, "%s%c%zu",
		    i % b->width ? ", "
		    : i          ? "), ("
				 : "(",
		    sql_of(b->db)->parameter, i + 1);
	buf_fmt(&sql, ")%s", b->end ? b->end : "");
	ok = run(b->db, buf_str(&sql), b->params.v, b->params.n, err);
	buf_release(&sql);
	b->params.n = 0;
	arena_release(&b->texts);
	return ok;
}

static bool
batch_add(
    struct arena *a, struct batch *b, const char *const *row, struct err *err)
{
	for (size_t i = 0; i < b->width; i++)
		vec_push(a, &b->params, row[i]);
	return b->params.n < BATCH * b->width || batch_send(b, err);
}

/* Does the key begin an object? "column posts.title" belongs to "table posts"
 * by standing behind it, as diff_keys lists them. */
static bool
begins_object(const char *key)
{
	static const char *const parts[] = { "column ", "constraint ", "index ",
		"partition " };

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (!strncmp(key, parts[i], strlen(parts[i])))
			return false;
	return true;
}

static bool
write_owned(struct arena *a, struct db *db, const struct journal_run *j,
    struct err *err)
{
	const struct names *owned = &j->owned;
	struct batch batch = { .db = db,
		.insert = sql_of(db)->add_owned,
		.end = j->owns_more ? sql_of(db)->own_again : NULL,
		.width = 2 };

	if (!j->owns_more && !db_exec(db, sql_of(db)->clear_owned, err))
		return false;
	for (size_t i = 0; i < owned->n;) {
		struct buf lines = { 0 };
		const char *row[2] = { owned->v[i] };
		bool ok;

		do
			journal_put_line(&lines, owned->v[i++]);
		while (i < owned->n && !begins_object(owned->v[i]));
		row[1] = arena_strndup(&batch.texts, lines.s, lines.len);
		buf_release(&lines);
		ok = batch_add(a, &batch, row, err);
		if (!ok)
			return false;
	}
	return batch_send(&batch, err);
}

static bool
has_row(struct db *db, const char *sql, bool *has, struct err *err)
{
	struct err e = { 0 };
	struct db_rows *r = db_query(db, sql, NULL, 0, err);

	if (!r)
		return false;
	*has = db_rows_next(r, &e);
	db_rows_end(r);
	if (e.kind)
		*err = e;
	return !e.kind;
}

static bool
make_missing(struct db *db, const struct journal_column *c, struct err *err)
{
	bool missing = false;

	if (!c->add)
		return true;
	if (!has_row(db, c->missing, &missing, err))
		return false;
	if (!missing || db_exec(db, c->add, err))
		return true;
	if (c->advice)
		err_add(err, "%s", c->advice);
	return false;
}

/* The tables, or in those of an older version what is missing there. */
bool
journal_prepare(struct db *db, struct err *err)
{
	const struct journal_sql *sql = sql_of(db);
	bool there;

	if (!has_row(db, sql->exists, &there, err))
		return false;
	if (!there)
		return make_missing(db, &sql->place, err) &&
		       db_exec(db, sql->create, err);
	for (const struct journal_column *c = sql->columns; c && c->add; c++)
		if (!make_missing(db, c, err))
			return false;
	return true;
}

/* Sets each key to its value. */
static bool
write_state(
    struct db *db, const char *const (*rows)[2], size_t n, struct err *err)
{
	struct arena mine = { 0 };
	struct batch batch = { .db = db,
		.insert = sql_of(db)->add_state,
		.end = sql_of(db)->state_again,
		.width = 2 };
	bool ok = true;

	for (size_t i = 0; ok && i < n; i++)
		ok = batch_add(&mine, &batch, rows[i], err);
	ok = ok && batch_send(&batch, err);
	arena_release(&mine);
	return ok;
}

bool
journal_protect(struct db *db, const char *name, struct err *err)
{
	const char *const row[][2] = { { "protected", name } };

	if (!db_begin(db, err))
		return false;
	if (journal_prepare(db, err) && write_state(db, row, 1, err) &&
	    db_commit(db, err))
		return true;
	db_rollback(db);
	return false;
}

static const char *
number(struct arena *a, int64_t n)
{
	return arena_fmt(a, "%lld", (long long)n);
}

static const char *
as_lines(struct arena *a, const struct names *list)
{
	struct buf b = { 0 };
	const char *text;

	for (size_t i = 0; i < list->n; i++)
		journal_put_line(&b, list->v[i]);
	text = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return text;
}

static bool
write_history(struct arena *a, struct db *db, const struct journal_run *j,
    int64_t *id, struct err *err)
{
	const struct journal_change *c = &j->change;
	const char *row[] = { who(a), j->command, j->version,
		verdict_name(j->verdict), j->before, j->fingerprint,
		j->counter < 0 ? NULL : number(a, j->counter),
		c->undoes ? number(a, c->undoes) : NULL, c->trash,
		number(a, c->entries), c->lost, c->earlier ? c->earlier : "",
		as_lines(a, &c->later), as_lines(a, &c->renames),
		as_lines(a, &c->series) };

	return run(db, sql_of(db)->add_run, row, sizeof(row) / sizeof(*row),
		   err) &&
	       db_count(db, sql_of(db)->run_id, id, err);
}

static bool
write_statements(struct arena *a, struct db *db, const struct journal_run *j,
    int64_t id, struct err *err)
{
	struct batch batch = {
		.db = db, .insert = sql_of(db)->add_statements, .width = 9
	};
	const char *id_text = number(a, id);

	for (size_t i = 0; i < j->statements.n; i++) {
		const struct journal_statement *s = &j->statements.v[i];
		const char *row[] = { id_text,
			number(&batch.texts, (int64_t)i + 1), s->sql, s->undo,
			s->phase, verdict_name(s->verdict), s->source, s->what,
			s->undo_rebuilds ? "1" : "0" };

		if (!batch_add(a, &batch, row, err))
			return false;
	}
	return batch_send(&batch, err);
}

static const char *
now_utc(struct arena *a)
{
	struct tm tm;
	time_t t = time(NULL);
	char text[32];

	gmtime_r(&t, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
	return arena_strdup(a, text);
}

bool
journal_write(struct arena *a, struct db *db, const struct journal_run *j,
    int64_t *id, struct err *err)
{
	const char *const state[][2] = {
		{ "version", j->version },
		{ "source_key", j->source_key ? j->source_key : "" },
		{ "fingerprint", j->fingerprint },
		{ "declared", j->declared ? j->declared : "" },
		{ "at", now_utc(a) },
		{ "schemas", as_lines(a, &j->schemas) },
		/* last: not every run knows them */
		{ "strays", j->strays ? as_lines(a, j->strays) : NULL },
	};
	size_t n = sizeof(state) / sizeof(*state) - !j->strays;
	int64_t run_id = 0;

	if (!journal_prepare(db, err) || !write_state(db, state, n, err) ||
	    !write_owned(a, db, j, err))
		return false;
	if (j->statements.n && (!write_history(a, db, j, &run_id, err) ||
				   !write_statements(a, db, j, run_id, err)))
		return false;
	if (id)
		*id = run_id;
	return true;
}
