/* trash - what is kept, by whose rules, and what is said of it */
#include "sync/trash.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "sync/loss.h"

const struct trash_dialect *
trash_dialect(enum dialect d)
{
	static const struct trash_dialect *const by_dialect[DIALECT_COUNT] = {
		[DIALECT_SQLITE] = &trash_sqlite,
		[DIALECT_POSTGRES] = &trash_postgres,
	};

	return by_dialect[d];
}

static const struct trash_dialect *
ops(const struct trash *t)
{
	return trash_dialect(db_dialect(t->main));
}

void
trash_init(struct trash *t, struct arena *a, struct db *main)
{
	*t = (struct trash){ .a = a, .main = main };
	if (ops(t))
		t->path = ops(t)->path(a, main);
}

void
trash_release(struct trash *t)
{
	if (t->db && t->db != t->main) {
		db_rollback(t->db);
		db_close(t->db);
	}
	t->db = NULL;
}

static bool
begin(struct trash *t, struct err *err)
{
	return !ops(t)->apart || db_begin(t->db, err);
}

static bool
commit(struct trash *t, struct err *err)
{
	return !ops(t)->apart || db_commit(t->db, err);
}

const char *
trash_size(struct arena *a, int64_t bytes)
{
	static const char *const units[] = { "bytes", "KB", "MB", "GB", "TB" };
	double n = (double)bytes;
	size_t i = 0;

	for (; n >= 1000 && i < 4; i++)
		n /= 1000;
	return i ? arena_fmt(a, "%.1f %s", n, units[i])
		 : arena_fmt(a, "%lld bytes", (long long)bytes);
}

bool
trash_parse_size(const char *text, int64_t *bytes)
{
	static const char units[] = "KMGT";
	const char *unit;
	char *end;
	long long n;

	errno = 0;
	n = strtoll(text, &end, 10);
	unit = *end ? strchr(units, *end & ~0x20) : NULL;
	if (errno || end == text || n <= 0 || (*end && (!unit || end[1])))
		return false;
	for (const char *u = units; unit && u <= unit; u++) {
		if (n > INT64_MAX / 1024)
			return false;
		n *= 1024;
	}
	*bytes = n;
	return true;
}

bool
trash_name_run(struct trash *t, struct err *err)
{
	unsigned char bytes[16];

	if (*t->token)
		return true;
	if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		return err_fail(
		    err, "cannot name the run: %s", strerror(errno));
	for (size_t i = 0; i < sizeof(bytes); i++)
		snprintf(t->token + 2 * i, 3, "%02x", bytes[i]);
	return true;
}

/* Of what the plan takes away only what holds data is worth a copy. */
static bool
find_losses(struct trash *t, struct sync *s, struct err *err)
{
	struct losses all = { 0 };

	loss_find(t->a, s->plan, &all);
	for (size_t i = 0; i < all.n; i++) {
		bool holds;

		if (!ops(t)->holds(t, &all.v[i], &holds, err))
			return false;
		if (holds)
			vec_push(t->a, &t->losses, all.v[i]);
	}
	return true;
}

#define MOST (INT64_C(1) << 30)

static bool
is_too_large(struct trash *t, int64_t most, struct err *err)
{
	struct buf what = { 0 };
	int64_t bytes = 0;

	if (!ops(t)->measure(t, &t->losses, most, &bytes, err))
		return true;
	if (bytes <= most)
		return false;
	for (size_t i = 0; i < t->losses.n; i++)
		buf_fmt(&what, "%s%s", i ? ", " : "",
		    loss_text(t->a, &t->losses.v[i]));
	err_set(err, ERR_DECISION,
	    "nothing was applied: what would go holds %s, and the trash takes "
	    "%s at once (%s)\n"
	    "to keep it all the same: --max-trash %lldM; to let it go without "
	    "a copy: --trash off",
	    trash_size(t->a, bytes), trash_size(t->a, most), buf_str(&what),
	    (long long)bytes / (1 << 20) + 1);
	buf_release(&what);
	return true;
}

bool
trash_fits(struct sync *s, struct err *err)
{
	int64_t most = s->options.max_trash ? s->options.max_trash : MOST;
	struct losses all = { 0 };
	struct trash t;

	trash_init(&t, s->arena, s->db);
	loss_find(t.a, s->plan, &all);
	for (size_t i = 0; i < all.n; i++) {
		struct loss l = all.v[i];

		if (l.kind != LOSS_COLUMN || !l.noted)
			continue;
		l.noted = NULL;
		vec_push(t.a, &t.losses, l);
	}
	return !is_too_large(&t, most, err);
}

static bool
remove_orphans(struct trash *t, struct err *err)
{
	struct trash_entries all = { 0 };

	if (!ops(t)->apart)
		return true;
	if (!trash_list(t, NULL, &all, err))
		return false;
	for (size_t i = 0; i < all.n; i++)
		if (!all.v[i].history && !ops(t)->remove(t, &all.v[i], err))
			return false;
	return true;
}

static bool
copy_all(struct trash *t, struct err *err)
{
	bool there;

	if (!trash_name_run(t, err) || !trash_open(t, true, &there, err) ||
	    !begin(t, err) || !remove_orphans(t, err))
		return false;
	for (size_t i = 0; i < t->losses.n; i++)
		if (!ops(t)->copy(t, &t->losses.v[i], err))
			return err_prefix(err, "%s cannot be kept in the trash",
			    loss_text(t->a, &t->losses.v[i]));
	return commit(t, err);
}

bool
trash_keep(struct trash *t, struct sync *s, struct err *err)
{
	int64_t most = s->options.max_trash ? s->options.max_trash : MOST;

	if (!ops(t) || !s->plan->steps.n)
		return true;
	if (!find_losses(t, s, err))
		return false;
	if (!t->losses.n)
		return true;
	if (s->options.trash_off || !t->path) {
		for (size_t i = 0; i < t->losses.n; i++)
			vec_push(
			    t->a, &t->lost, loss_text(t->a, &t->losses.v[i]));
		return true;
	}
	return !is_too_large(t, most, err) && copy_all(t, err);
}

bool
trash_settle(struct trash *t, struct err *err)
{
	return !t->kept.n || ops(t)->settle(t, err);
}

void
trash_forget(struct trash *t)
{
	struct err ignored = { 0 };
	bool ok;

	if (!t->db || !t->kept.n || !ops(t)->apart)
		return;
	db_rollback(t->db);
	ok = db_begin(t->db, &ignored);
	for (size_t i = 0; ok && i < t->kept.n; i++) {
		const struct trash_entry e = { .id = t->kept.v[i].id };

		ok = ops(t)->remove(t, &e, &ignored);
	}
	if (ok)
		db_commit(t->db, &ignored);
	t->kept.n = 0;
	err_release(&ignored);
}

void
trash_note(const struct trash *t, struct journal_change *c)
{
	struct buf b = { 0 };

	if (t->kept.n) {
		c->trash = t->token;
		c->entries = (int64_t)t->kept.n;
	}
	for (size_t i = 0; i < t->lost.n; i++)
		buf_fmt(&b, "%s%s", i ? ", " : "", t->lost.v[i]);
	if (t->lost.n)
		c->lost = arena_strndup(t->a, b.s, b.len);
	buf_release(&b);
}

bool
trash_open(struct trash *t, bool write, bool *there, struct err *err)
{
	*there = t->db != NULL;
	if ((*there && (ops(t)->apart || !write)) || !ops(t) || !t->path)
		return true;
	return ops(t)->open(t, write, there, err);
}

/* Which run of the journal each entry is of. */
static bool
name_runs(struct trash *t, struct trash_entries *all, struct err *err)
{
	struct journal_entries runs = { 0 };
	struct map by_token = { 0 };

	if (!journal_history(t->a, t->main, 0, &runs, err))
		return false;
	for (size_t i = 0; i < runs.n; i++)
		if (runs.v[i].trash)
			map_put(t->a, &by_token, runs.v[i].trash, &runs.v[i]);
	for (size_t i = 0; i < all->n; i++) {
		const struct journal_entry *run =
		    map_get(&by_token, all->v[i].run);

		all->v[i].history = run ? run->id : 0;
	}
	return true;
}

bool
trash_list(struct trash *t, const char *token, struct trash_entries *out,
    struct err *err)
{
	return ops(t)->list(t, token, 0, out, err) && name_runs(t, out, err);
}

bool
trash_find(struct trash *t, int64_t id, struct trash_entry *out, bool *found,
    struct err *err)
{
	struct trash_entries all = { 0 };

	if (!ops(t)->list(t, NULL, id, &all, err) || !name_runs(t, &all, err))
		return false;
	*found = all.n > 0;
	if (*found)
		*out = all.v[0];
	return true;
}

bool
trash_prepare(struct trash *t, const struct trash_entry *e,
    const struct trash_place *now, struct err *err)
{
	return e->kind != LOSS_VALUES || ops(t)->prepare(t, e, now, err);
}

bool
trash_fill(struct trash *t, const struct trash_entry *e,
    const struct trash_place *to, struct db_flow *flow, struct err *err)
{
	return ops(t)->fill(t, e, to, flow, err);
}

bool
trash_go_on(struct trash *t, const struct trash_entry *e,
    const struct trash_place *to, struct err *err)
{
	return !e->column || !e->series || !ops(t)->go_on ||
	       ops(t)->go_on(t, e, to, err);
}

bool
trash_triggers(struct trash *t, bool on, struct err *err)
{
	return !ops(t)->triggers || ops(t)->triggers(t, on, err);
}

bool
trash_run(struct trash *t, const char *sql, struct err *err)
{
	return ops(t)->run ? ops(t)->run(t, sql, err)
			   : db_exec(t->main, sql, err);
}

bool
trash_bring(struct trash *t, const struct trash_entry *e, struct err *err)
{
	return !e->moved || ops(t)->bring(t, e, err);
}

bool
trash_empty(
    struct trash *t, int64_t days, int64_t *n, int64_t *bytes, struct err *err)
{
	struct trash_entries all = { 0 }, left = { 0 };

	*n = *bytes = 0;
	if (!begin(t, err) || !trash_list(t, NULL, &all, err))
		return false;
	for (size_t i = 0; i < all.n; i++) {
		const struct trash_entry *e = &all.v[i];

		if ((e->history || !ops(t)->apart) && e->days < days)
			continue;
		if (!ops(t)->remove(t, e, err))
			return false;
		*bytes += e->bytes;
	}
	if (!ops(t)->list(t, NULL, 0, &left, err))
		return false;
	*n = (int64_t)(all.n - left.n);
	return db_commit(t->db, err) &&
	       (left.n || !ops(t)->discard || ops(t)->discard(t, err));
}
