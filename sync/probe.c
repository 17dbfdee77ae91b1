/* probe - evidence: how many rows a change would touch, asked of the database
 */
#include "base/buf.h"
#include "sync/dialect.h"
#include "sync/judge.h"

const struct sync_dialect *
sync_dialect(enum dialect d)
{
	static const struct sync_dialect *const by_dialect[DIALECT_COUNT] = {
		[DIALECT_SQLITE] = &sync_sqlite,
	};

	return by_dialect[d];
}

/* What the rows that a probe counted do, for one and for many. */
static const struct {
	const char *one, *many;
} words[CHANGE_KIND_COUNT] = {
	[CHANGE_DROP_TABLE] = { "row would go", "rows would go" },
	[CHANGE_DROP_COLUMN] = { "row would lose a value",
	    "rows would lose a value" },
	[CHANGE_ADD_COLUMN] = { "row would have no value",
	    "rows would have no value" },
	[CHANGE_COLUMN_TYPE] = { "row holds a value that would change",
	    "rows hold values that would change" },
	[CHANGE_COLUMN_GENERATED] = { "row would lose a value",
	    "rows would lose a value" },
	[CHANGE_SET_NOT_NULL] = { "row holds NULL", "rows hold NULL" },
	[CHANGE_ADD_CONSTRAINT] = { "row does not satisfy it",
	    "rows do not satisfy it" },
	[CHANGE_CREATE_INDEX] = { "row does not satisfy it",
	    "rows do not satisfy it" },
};

/* A probe answers the finding that speaks of values, and no other. */
static struct finding *
answered(struct change *c)
{
	for (size_t i = 0; i < c->findings.n; i++) {
		struct finding *f = &c->findings.v[i];

		if (f->destructive && (f->class == CLASS_DATA_LOSS ||
					  f->class == CLASS_DATA_DEPENDENT))
			return f;
	}
	return NULL;
}

static void
set_answer(
    struct arena *a, const struct change *c, struct finding *f, int64_t rows)
{
	f->rows = rows;
	f->cleared = rows == 0;
	if (rows > 0 && words[c->kind].one)
		f->message =
		    arena_fmt(a, "%s: %lld %s", f->message, (long long)rows,
			rows == 1 ? words[c->kind].one : words[c->kind].many);
}

bool
probe_changes(struct sync *s, const struct step *step, bool only_cleared,
    bool *held, struct err *err)
{
	const struct sync_dialect *d = sync_dialect(s->plan->dialect);

	for (size_t i = 0; i < step->changes.n; i++) {
		struct change *c = step->changes.v[i];
		struct finding *f = answered(c);
		struct buf sql = { 0 };
		int64_t rows;
		bool ok = true;

		if (!f || (only_cleared && !f->cleared))
			continue;
		if (d->probe(s->arena, &sql, s->plan->diff, c)) {
			ok = db_count(s->db, buf_str(&sql), &rows, err);
			if (ok && only_cleared)
				*held = *held && rows == 0;
			else if (ok)
				set_answer(s->arena, c, f, rows);
		}
		buf_release(&sql);
		if (!ok)
			return false;
	}
	return true;
}
