/* witness - what the engine says that a statement does
 *
 * SQLite asks an authorizer before it does anything, in terms of what it does
 * and not of how that was written. What it does to its own tables is said by
 * the other events.
 */
#include "shadow/witness.h"

#include <sqlite3.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

static const char *
folded(struct arena *a, const char *table, const char *column)
{
	char *key = column ? arena_fmt(a, "%s.%s", table, column)
			   : arena_strdup(a, table);

	for (char *p = key; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	return key;
}

static bool
engines_own(const char *table)
{
	return !table || !strncasecmp(table, "sqlite_", 7);
}

static void
add(struct witness *w, const char *rule, enum finding_class class,
    bool destructive, const char *does, const char *object)
{
	struct finding f = {
		.rule = rule,
		.class = class,
		.message =
		    arena_fmt(w->a, "tried on a copy, it %s %s", does, object),
		.object = arena_strdup(w->a, object),
		.rows = -1,
		.destructive = destructive,
	};

	for (size_t i = 0; i < w->seen->n; i++)
		if (!strcmp(w->seen->v[i].rule, rule) &&
		    !strcmp(w->seen->v[i].object, object))
			return;
	vec_push(w->a, w->seen, f);
}

/* What a rebuild does not copy out of the table that it replaces is lost. */
static void
check_copied(struct witness *w)
{
	const struct table *t = w->step->before;

	for (size_t i = 0; i < t->columns.n; i++) {
		const struct column *c = t->columns.v[i];

		if (!c->generated.text &&
		    !map_get(&w->read, folded(w->a, t->name, c->name)))
			add(w, "drop-column", CLASS_DATA_LOSS, true,
			    "does not copy",
			    arena_fmt(w->a, "%s.%s", t->name, c->name));
	}
}

static void
saw_drop_table(struct witness *w, const char *table)
{
	const struct step *step = w->step;

	w->dropped = arena_strdup(w->a, table);
	if (map_get(&w->created, folded(w->a, table, NULL)))
		return;
	if (step->before && text_same_nocase(table, step->before->name))
		check_copied(w);
	else
		add(w, "drop-table", CLASS_DATA_LOSS, true, "drops table",
		    table);
}

/* What is done to a table that the plan itself has made loses nothing. */
static const struct {
	int action;
	const char *rule;
	enum finding_class class;
	bool destructive;
	const char *does;
} rules[] = {
	{ SQLITE_DELETE, "delete", CLASS_DATA_LOSS, true, "deletes from" },
	{ SQLITE_UPDATE, "update", CLASS_DATA_DEPENDENT, true, "updates" },
	{ SQLITE_DROP_VIEW, "drop-view", CLASS_COMPATIBILITY, false,
	    "drops view" },
	{ SQLITE_DROP_TRIGGER, "drop-trigger", CLASS_COMPATIBILITY, false,
	    "drops trigger" },
	{ SQLITE_DROP_INDEX, "drop-index", CLASS_COMPATIBILITY, false,
	    "drops index" },
	{ SQLITE_ATTACH, "attach", CLASS_OPAQUE, true, "opens the file" },
	{ SQLITE_DETACH, "attach", CLASS_OPAQUE, true, "closes the file" },
	{ SQLITE_PRAGMA, "pragma", CLASS_OPAQUE, true, "sets" },
};

static void
saw_other(struct witness *w, int action, const char *name)
{
	if (action == SQLITE_DROP_VIEW)
		w->dropped = arena_strdup(w->a, name);
	/* to drop something is announced as a DELETE from it, too */
	if (action == SQLITE_DELETE && w->dropped &&
	    text_same_nocase(name, w->dropped))
		return;
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (rules[i].action == action && !engines_own(name) &&
		    !map_get(&w->created, folded(w->a, name, NULL)))
			add(w, rules[i].rule, rules[i].class,
			    rules[i].destructive, rules[i].does, name);
}

/* ALTER TABLE … ADD COLUMN looks at the rows by itself; a rebuild renames in
 * the old way. */
static bool
is_own_pragma(const struct witness *w, const char *name, const char *value)
{
	/* full text search reads the one, an R*Tree the other */
	if (!value &&
	    (!strcmp(name, "data_version") || !strcmp(name, "page_size")))
		return true;
	return w->altered
		   ? !strcmp(name, "quick_check")
		   : w->step->before && !strcmp(name, "legacy_alter_table");
}

int
witness_event(void *data, int action, const char *one, const char *two,
    const char *schema, const char *trigger)
{
	struct witness *w = data;

	(void)schema;
	(void)trigger;
	if (w->paused)
		return SQLITE_OK;
	switch (action) {
	case SQLITE_READ:
		if (!engines_own(one) && two)
			vec_push(w->a, &w->reading, folded(w->a, one, two));
		break;
	case SQLITE_INSERT:
		w->inserts |= !engines_own(one);
		break;
	case SQLITE_CREATE_TABLE:
		map_put(w->a, &w->created, folded(w->a, one, NULL), w);
		break;
	case SQLITE_ALTER_TABLE:
		w->altered = arena_strdup(w->a, two);
		break;
	case SQLITE_FUNCTION:
		if (two && !strcmp(two, "sqlite_drop_column") && w->altered)
			w->drops_column = true;
		break;
	case SQLITE_DROP_TABLE:
	case SQLITE_DROP_VTABLE:
		saw_drop_table(w, one);
		break;
	case SQLITE_PRAGMA:
		if (!is_own_pragma(w, one, two))
			saw_other(w, action, one);
		break;
	default:
		saw_other(w, action, one);
	}
	return SQLITE_OK;
}

void
witness_watch(struct witness *w, struct db *scratch)
{
	sqlite3_set_authorizer(db_handle(scratch), witness_event, w);
}

void
witness_leave(struct db *scratch)
{
	sqlite3_set_authorizer(db_handle(scratch), NULL, NULL);
}

void
witness_step(struct witness *w, const struct step *step, struct findings *seen)
{
	w->step = step;
	w->seen = seen;
	w->read = (struct map){ 0 };
	w->inserts = false;
	w->reading.n = 0;
}

void
witness_statement(struct witness *w)
{
	/* what a SELECT alone reads is copied nowhere */
	for (size_t i = 0; w->inserts && i < w->reading.n; i++)
		map_put(w->a, &w->read, w->reading.v[i], w);
	w->inserts = false;
	w->reading.n = 0;
	w->altered = w->dropped = NULL;
	w->drops_column = false;
}

/* Adds the columns of the table that is altered. */
static void
read_columns(struct witness *w, struct db *scratch, struct names *out)
{
	struct err ignored = { 0 };
	struct db_rows *rows;

	w->paused = true;
	rows = db_query(scratch, "SELECT name FROM pragma_table_xinfo(?1)",
	    &w->altered, 1, &ignored);
	while (rows && db_rows_next(rows, &ignored))
		vec_push(w->a, out, arena_strdup(w->a, db_text(rows, 0)));
	db_rows_end(rows);
	err_release(&ignored);
	w->paused = false;
}

void
witness_before(struct witness *w, struct db *scratch)
{
	w->columns = (struct names){ 0 };
	if (w->drops_column)
		read_columns(w, scratch, &w->columns);
}

static bool
has(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->n; i++)
		if (!strcmp(names->v[i], name))
			return true;
	return false;
}

void
witness_after(struct witness *w, struct db *scratch)
{
	struct names left = { 0 };

	if (!w->drops_column ||
	    map_get(&w->created, folded(w->a, w->altered, NULL)))
		return;
	read_columns(w, scratch, &left);
	for (size_t i = 0; i < w->columns.n; i++)
		if (!has(&left, w->columns.v[i]))
			add(w, "drop-column", CLASS_DATA_LOSS, true,
			    "drops column",
			    arena_fmt(
				w->a, "%s.%s", w->altered, w->columns.v[i]));
}
