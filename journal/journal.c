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
};

static void
set_head(struct arena *a, struct journal_state *s, const char *key,
    const char *value)
{
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		if (strcmp(heads[i].key, key))
			continue;
		*(const char **)((char *)s + heads[i].offset) =
		    arena_strdup(a, value);
	}
}

bool
journal_read_head(
    struct arena *a, struct db *db, struct journal_state *s, struct err *err)
{
	struct err e = { 0 };
	struct db_rows *r = db_query(db, sql_of(db)->exists, NULL, 0, err);

	*s = (struct journal_state){ 0 };
	if (!r)
		return false;
	s->known = db_rows_next(r, &e);
	db_rows_end(r);
	if (s->known) {
		r = db_query(db, sql_of(db)->head, NULL, 0, err);
		if (!r)
			return false;
		while (db_rows_next(r, &e))
			set_head(a, s, db_text(r, 0), db_text(r, 1));
		db_rows_end(r);
	}
	if (e.kind) {
		*err = e;
		return false;
	}
	return true;
}

/* The keys of one object and its parts stand in one row, a line each; a key
 * may hold a newline itself, so that and the backslash are written \n, \\. */
static void
add_line(struct buf *out, const char *key)
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
static char *
next_line(char **lines)
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

static void
own_lines(struct arena *a, struct map *owned, char *lines)
{
	char *key;

	while ((key = next_line(&lines)))
		map_put(a, owned, key, key);
}

bool
journal_read(
    struct arena *a, struct db *db, struct journal_state *s, struct err *err)
{
	struct err e = { 0 };
	struct db_rows *r;

	if (!journal_read_head(a, db, s, err))
		return false;
	if (!s->known)
		return true;
	r = db_query(db, sql_of(db)->owned, NULL, 0, err);
	if (!r)
		return false;
	while (db_rows_next(r, &e))
		own_lines(a, &s->owned, arena_strdup(a, db_text(r, 1)));
	db_rows_end(r);
	if (e.kind) {
		*err = e;
		return false;
	}
	return true;
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
#define BATCH 500

struct batch {
	struct db *db;
	const char *insert;
	size_t width, n;
	struct names params;
};

static bool
batch_send(struct batch *b, struct err *err)
{
	struct buf sql = { 0 };
	bool ok;

	if (!b->params.n)
		return true;
	buf_puts(&sql, b->insert);
	for (size_t i = 0; i < b->params.n; i++)
		buf_puts(&sql, i % b->width ? ", ?" : i ? "), (?" : "(?");
	buf_putc(&sql, ')');
	ok = run(b->db, buf_str(&sql), b->params.v, b->params.n, err);
	buf_release(&sql);
	b->params.n = 0;
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

/* The key of the object that a key belongs to: "column posts.title" belongs
 * to "table posts" by standing behind it, as diff_keys lists them. */
static bool
begins_object(const char *key)
{
	return !strncmp(key, "table ", 6) || !strncmp(key, "view ", 5) ||
	       !strncmp(key, "trigger ", 8) || !strncmp(key, "enum ", 5) ||
	       !strncmp(key, "virtual table ", 14);
}

static bool
write_owned(
    struct arena *a, struct db *db, const struct names *owned, struct err *err)
{
	struct batch batch = {
		.db = db, .insert = sql_of(db)->add_owned, .width = 2
	};

	if (!db_exec(db, sql_of(db)->clear_owned, err))
		return false;
	for (size_t i = 0; i < owned->n;) {
		struct buf lines = { 0 };
		const char *row[2] = { owned->v[i] };
		bool ok;

		do
			add_line(&lines, owned->v[i++]);
		while (i < owned->n && !begins_object(owned->v[i]));
		row[1] = arena_strndup(a, lines.s, lines.len);
		buf_release(&lines);
		ok = batch_add(a, &batch, row, err);
		if (!ok)
			return false;
	}
	return batch_send(&batch, err);
}

static bool
write_statements(struct arena *a, struct db *db, const struct journal_run *j,
    struct err *err)
{
	const char *run_row[] = { who(a), j->command, j->version,
		verdict_name(j->verdict), j->before, j->fingerprint };
	struct batch batch = {
		.db = db, .insert = sql_of(db)->add_statements, .width = 7
	};
	int64_t id;
	const char *id_text;

	if (!run(db, sql_of(db)->add_run, run_row, 6, err) ||
	    !db_count(db, sql_of(db)->run_id, &id, err))
		return false;
	id_text = arena_fmt(a, "%lld", (long long)id);
	for (size_t i = 0; i < j->statements.n; i++) {
		const struct journal_statement *s = &j->statements.v[i];
		const char *row[] = { id_text, arena_fmt(a, "%zu", i + 1),
			s->sql, s->undo, s->phase, verdict_name(s->verdict),
			s->source };

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
    struct err *err)
{
	const char *head[][2] = {
		{ "version", j->version },
		{ "source_key", j->source_key ? j->source_key : "" },
		{ "fingerprint", j->fingerprint },
		{ "declared", j->declared },
		{ "at", now_utc(a) },
	};

	if (!db_exec(db, sql_of(db)->create, err))
		return false;
	for (size_t i = 0; i < sizeof(head) / sizeof(*head); i++)
		if (!run(db, sql_of(db)->set_head, head[i], 2, err))
			return false;
	return write_owned(a, db, &j->owned, err) &&
	       (!j->statements.n || write_statements(a, db, j, err));
}

bool
journal_history(struct arena *a, struct db *db, int limit,
    struct journal_entries *out, struct err *err)
{
	const char *params[] = { arena_fmt(a, "%d", limit) };
	struct err e = { 0 };
	struct db_rows *r = db_query(db, sql_of(db)->history, params, 1, err);

	if (!r)
		return false;
	while (db_rows_next(r, &e)) {
		struct journal_entry x = {
			.id = db_int(r, 0),
			.at = arena_strdup(a, db_text(r, 1)),
			.who = arena_strdup(a, db_text(r, 2)),
			.command = arena_strdup(a, db_text(r, 3)),
			.version = arena_strdup(a, db_text(r, 4)),
			.verdict = arena_strdup(a, db_text(r, 5)),
			.statements = db_int(r, 6),
		};

		vec_push(a, out, x);
	}
	db_rows_end(r);
	if (e.kind)
		*err = e;
	return !e.kind;
}
