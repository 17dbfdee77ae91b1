/* each - a command on every database of the tree */
#include "cmd/each.h"

#include <stdio.h>

#include "base/text.h"
#include "cmd/report.h"

static bool several;

bool
among_several(void)
{
	return several;
}

/* What a script must know of several answers: the one that needs somebody. */
static enum status
gravest(enum status a, enum status b)
{
	static const enum status order[] = { STATUS_USAGE, STATUS_ERROR,
		STATUS_INTERRUPTED, STATUS_DECISION, STATUS_DRIFT,
		STATUS_PENDING };

	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		if (a == order[i] || b == order[i])
			return order[i];
	return STATUS_OK;
}

static void
name_database(const struct project *p, const char *before)
{
	if (wants_json() || common.quiet)
		return;
	printf("%s%s%s: %s%s\n", paint(stdout, PAINT_BOLD), before,
	    text_cleaned(&cmd_arena, p->dsl.dir),
	    text_cleaned(&cmd_arena, p->url.shown), paint(stdout, PAINT_NONE));
	fflush(stdout);
}

enum status
each_database(enum status (*look)(const struct project *p),
    enum status (*f)(const struct project *p), const char *before)
{
	struct projects all = { 0 };
	struct err err = { 0 };
	enum status status = STATUS_OK;

	if (!projects_find(&cmd_arena, &all, common.database,
		common.collections, common.verbose > 0, &err)) {
		status = report_error(&err);
		err_release(&err);
		return status;
	}
	if (all.n == 1)
		return f(&all.v[0]);
	for (size_t i = 0; look && i < all.n; i++)
		look(&all.v[i]);
	several = true;
	json_collect(true);
	for (size_t i = 0; i < all.n; i++) {
		name_database(&all.v[i], before);
		status = gravest(status, f(&all.v[i]));
		fflush(stdout);
	}
	json_collect(false);
	return status;
}

bool
one_database(struct project *p, struct err *err)
{
	return project_choose(&cmd_arena, p, common.database,
	    common.collections, common.verbose > 0, err);
}

enum status only_database(enum status (*f)(const struct project *p))
{
	struct project p;
	struct err err = { 0 };
	enum status status =
	    one_database(&p, &err) ? f(&p) : report_error(&err);

	err_release(&err);
	return status;
}
