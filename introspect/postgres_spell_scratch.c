/* postgres_spell_scratch - the server asked, in a transaction that never was
 *
 * Many tables are made under one savepoint; where something among them fails,
 * halves of them are tried, and at last the statements of a single table one by
 * one. Going back to the savepoint gives the locks back that each new table
 * takes, so that their number never grows with the schema.
 */
#include "introspect/postgres_spell.h"

#include <string.h>

#include "db/postgres.h"
#include "introspect/postgres.h"

/* Tables under one savepoint. */
#define BATCH 200

struct scratch {
	struct arena *a;
	struct db *db;
	const char *temp; /* the session's schema of temporary things */
	struct scratch_ddl ddl;
	void (*take)(void *arg, struct asked *x, struct table *spelt);
	void *arg;
	struct err *err;
};

/* Runs what may fail, with a savepoint before it. */
static bool
try_sql(struct scratch *s, const char *text, const char *back)
{
	struct err ignored = { 0 };
	bool ok = db_exec(s->db, text, &ignored);

	err_release(&ignored);
	if (!ok)
		db_exec(s->db, back, s->err);
	return ok;
}

static bool
try_one(struct scratch *s, const char *sql)
{
	return try_sql(s,
	    arena_fmt(s->a, "SAVEPOINT one;%s;RELEASE SAVEPOINT one", sql),
	    "ROLLBACK TO SAVEPOINT one;RELEASE SAVEPOINT one");
}

static bool
lost(const struct scratch *s)
{
	return s->err->kind != ERR_NONE;
}

/* -- what was made, read --------------------------------------------------- */

static void
leave_out(struct table *t, const char *column)
{
	size_t n = 0;

	for (size_t i = 0; i < t->columns.n; i++)
		if (strcmp(t->columns.v[i]->name, column) != 0)
			t->columns.v[n++] = t->columns.v[i];
	t->columns.n = n;
}

static struct schema *
read_made(struct scratch *s)
{
	const struct names *managed = db_managed(s->db);
	struct names temp = { 0 };
	struct schema *made;

	vec_push(s->a, &temp, s->temp);
	db_manage(s->db, &temp);
	made = postgres_introspect_tables(s->a, s->db, s->err);
	db_manage(s->db, managed);
	return made;
}

static void
take_made(struct scratch *s, struct asked *x, struct schema *made,
    const struct names *failed)
{
	struct table *t = schema_table(made, s->temp, x->table->name);

	if (!t)
		return;
	for (size_t i = 0; i < failed->n; i++)
		leave_out(t, failed->v[i]);
	scratch_unmark(&s->ddl, t);
	s->take(s->arg, x, t);
}

/* -- one table, statement by statement ------------------------------------- */

static bool
try_each(struct scratch *s, struct names *failed)
{
	struct scratch_ddl *d = &s->ddl;

	if (!d->out.n || !try_one(s, d->out.v[0]))
		return false;
	for (size_t i = 1; i < d->out.n && !lost(s); i++)
		if (!try_one(s, d->out.v[i]) && d->alters.v[i])
			vec_push(s->a, failed, d->alters.v[i]);
	return true;
}

static void
ask_one(struct scratch *s, struct asked *x)
{
	struct names failed = { 0 };
	struct schema *made;
	bool ok;

	scratch_table(&s->ddl, x);
	ok = try_each(s, &failed);
	if (!ok && !lost(s)) {
		scratch_columns(&s->ddl, x);
		ok = try_each(s, &failed);
	}
	if (!ok || lost(s) || !(made = read_made(s)))
		return;
	for (size_t i = 0; i < s->ddl.failed.n; i++)
		vec_push(s->a, &failed, s->ddl.failed.v[i]);
	take_made(s, x, made, &failed);
}

/* -- many tables ------------------------------------------------------------
 */

static const char many_back[] = "ROLLBACK TO SAVEPOINT many;"
				"RELEASE SAVEPOINT many";

static bool
try_all(struct scratch *s, struct asked **v, size_t n, struct names *failed)
{
	struct buf b = { 0 };
	bool ok;

	buf_puts(&b, "SAVEPOINT many;\n");
	for (size_t i = 0; i < n; i++) {
		scratch_table(&s->ddl, v[i]);
		for (size_t k = 0; k < s->ddl.out.n; k++)
			buf_fmt(&b, "%s;\n", s->ddl.out.v[k]);
		failed[i] = s->ddl.failed;
	}
	ok = try_sql(s, buf_str(&b), many_back);
	buf_release(&b);
	return ok;
}

static void
ask_many(struct scratch *s, struct asked **v, size_t n)
{
	struct names *failed = arena_array(s->a, struct names, n);
	bool ok = try_all(s, v, n, failed);
	struct schema *made;

	if (lost(s))
		return;
	if (ok) {
		made = read_made(s);
		for (size_t i = 0; made && i < n; i++)
			take_made(s, v[i], made, &failed[i]);
	} else if (n > 1) {
		ask_many(s, v, n / 2);
		if (!lost(s))
			ask_many(s, v + n / 2, n - n / 2);
		return;
	} else {
		if (db_exec(s->db, "SAVEPOINT many", s->err))
			ask_one(s, v[0]);
	}
	if (!lost(s))
		db_exec(s->db, many_back, s->err);
}

/* Tables of one name in several schemas cannot be there at once. */
static void
ask_all(struct scratch *s, const struct asked_list *list)
{
	struct asked_list rest = *list, later = { 0 };

	while (rest.n && !lost(s)) {
		struct asked_list batch = { 0 };
		struct map names = { 0 };

		later = (struct asked_list){ 0 };
		for (size_t i = 0; i < rest.n; i++) {
			struct asked *x = rest.v[i];

			if (batch.n < BATCH &&
			    !map_put(s->a, &names, x->table->name, x))
				vec_push(s->a, &batch, x);
			else
				vec_push(s->a, &later, x);
		}
		ask_many(s, batch.v, batch.n);
		rest = later;
	}
}

/* -- the transaction --------------------------------------------------------
 */

static bool
is_inside(struct db *db)
{
	struct postgres_db *p = (struct postgres_db *)db;

	return p->pq->PQtransactionStatus(p->conn) == PQTRANS_INTRANS;
}

static bool
is_alive(struct db *db)
{
	struct postgres_db *p = (struct postgres_db *)db;

	return p->pq->PQstatus(p->conn) == CONNECTION_OK;
}

void
spell_scratch_close(struct db *db, bool inside)
{
	struct err ignored = { 0 };

	if (inside && is_alive(db))
		db_exec(db,
		    "ROLLBACK TO SAVEPOINT deesse_scratch;"
		    "RELEASE SAVEPOINT deesse_scratch",
		    &ignored);
	else
		db_rollback(db);
	err_release(&ignored);
}

bool
spell_scratch_open(struct db *db, bool *inside, struct err *refused)
{
	static const char probe[] = "CREATE TEMP TABLE deesse_scratch ()";

	*inside = is_inside(db);
	return (*inside ? db_exec(db, "SAVEPOINT deesse_scratch", refused)
			: db_begin(db, refused)) &&
	       db_exec(db, probe, refused);
}

static void
make_types(struct scratch *s, const struct schema *declared,
    const struct schema *current)
{
	struct names sql;
	bool again = true;

	scratch_types(&s->ddl, declared, current);
	sql = s->ddl.out;
	/* one may need another that comes later */
	while (again && !lost(s)) {
		struct names left = { 0 };

		for (size_t i = 0; i < sql.n && !lost(s); i++)
			if (!try_one(s, sql.v[i]))
				vec_push(s->a, &left, sql.v[i]);
		again = left.n && left.n < sql.n;
		sql = left;
	}
}

static bool
find_temp(struct scratch *s)
{
	struct db_rows *r = db_query(s->db,
	    "SELECT nspname FROM pg_namespace"
	    " WHERE oid = pg_my_temp_schema()",
	    NULL, 0, s->err);

	if (!r)
		return false;
	if (db_rows_next(r, s->err))
		s->temp = arena_strdup(s->a, db_text(r, 0));
	db_rows_end(r);
	return s->temp || err_fail(s->err, "%s: no schema of temporary tables",
			      db_name(s->db));
}

bool
scratch_ask(struct arena *a, struct db *db, const struct schema *declared,
    const struct schema *current, const struct asked_list *list,
    void (*take)(void *arg, struct asked *x, struct table *spelt), void *arg,
    const char **why, struct err *err)
{
	struct scratch s = { .a = a,
		.db = db,
		.ddl = { .a = a },
		.take = take,
		.arg = arg,
		.err = err };
	struct err refused = { 0 };
	bool inside, ok = true;

	*why = NULL;
	if (spell_scratch_open(db, &inside, &refused)) {
		ok = find_temp(&s);
		if (ok) {
			make_types(&s, declared, current);
			ask_all(&s, list);
			ok = !lost(&s);
		}
	} else if (is_alive(db)) {
		*why = arena_strdup(a, refused.text);
	} else {
		ok = err_fail(err, "%s", refused.text);
	}
	err_release(&refused);
	spell_scratch_close(db, inside);
	return ok;
}
