/* budget - how long a run may keep others waiting */
#include "sync/budget.h"

#include "base/clock.h"
#include "sync/dialect.h"

static bool
is_bound(const struct sync *s)
{
	return s->options.budget.statement_ms || s->options.budget.locked_ms;
}

bool
budget_fits(const struct sync *s, struct err *err)
{
	if (!is_bound(s) || sync_dialect(s->project->url.dialect)->limit)
		return true;
	return err_set(err, ERR_USAGE,
	    "%s: --statement-timeout and --max-lock-time bound what a server "
	    "does; a SQLite file is locked as a whole, by --lock-timeout",
	    s->project->url.shown);
}

void
budget_begin(struct sync *s)
{
	s->locked_since = clock_ms();
}

static bool
time_is_up(const struct sync *s, struct err *err)
{
	return err_fail(err,
	    "%s: the tables of this plan were locked for longer than "
	    "--max-lock-time (%d ms); everything was rolled back",
	    s->project->url.shown, s->options.budget.locked_ms);
}

/* What is left until COMMIT must be done. */
static int64_t
left(const struct sync *s)
{
	return s->locked_since + s->options.budget.locked_ms - clock_ms();
}

bool
budget_bound(struct sync *s, struct err *err)
{
	const struct budget *b = &s->options.budget;
	int64_t ms = b->statement_ms;

	if (!is_bound(s))
		return true;
	if (b->locked_ms) {
		int64_t rest = left(s);

		if (rest <= 0)
			return time_is_up(s, err);
		if (!ms || rest < ms)
			ms = rest;
	}
	return sync_dialect(s->project->url.dialect)->limit(s->db, ms, err);
}

bool
budget_explain(const struct sync *s, struct err *err)
{
	const struct sync_dialect *d = sync_dialect(s->project->url.dialect);

	if (!is_bound(s) || !d->over_limit(s->db))
		return false;
	if (s->options.budget.locked_ms && left(s) <= 0)
		return time_is_up(s, err);
	return err_add(err,
	    "that was longer than --statement-timeout (%d ms); everything was "
	    "rolled back",
	    s->options.budget.statement_ms);
}

bool
budget_end(struct sync *s, struct err *err)
{
	if (!is_bound(s))
		return true;
	if (s->options.budget.locked_ms && left(s) <= 0)
		return time_is_up(s, err);
	return sync_dialect(s->project->url.dialect)->limit(s->db, 0, err);
}
