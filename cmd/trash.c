/* trash - what pushes took away: list it, bring it back, let it go */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cmd/each.h"
#include "cmd/report.h"
#include "sync/protect.h"
#include "sync/restore.h"
#include "sync/session.h"
#include "sync/trash.h"

static struct {
	int older_than;
	const char *protected;
} opt;

static const struct option_row options[] = {
	{ "older-than", 0, OPTION_NUMBER, &opt.older_than, "DAYS",
	    "empty: only what has been there for so many days" },
	{ "protected", 0, OPTION_TEXT, &opt.protected, "NAME",
	    "change the database although it is protected as NAME" },
	{ 0 },
};

static const char *
what_of(const struct trash_entry *e)
{
	if (e->kind == LOSS_OBJECT)
		return arena_fmt(&cmd_arena, "object %s", e->table);
	if (!e->column)
		return arena_fmt(&cmd_arena, "table %s", e->table);
	return arena_fmt(&cmd_arena, "%s %s.%s",
	    e->kind == LOSS_COLUMN ? "column" : "values of", e->table,
	    e->column);
}

static json_t *
entry_json(const struct trash_entry *e)
{
	static const char *const kinds[] = { [LOSS_TABLE] = "table",
		[LOSS_COLUMN] = "column",
		[LOSS_VALUES] = "values",
		[LOSS_OBJECT] = "object" };
	json_t *o = json_object();

	json_object_set_new(o, "entry", json_integer(e->id));
	json_object_set_new(o, "kind", json_text(kinds[e->kind]));
	json_object_set_new(o, "table", json_text(e->table));
	json_object_set_new(o, "column", json_text(e->column));
	json_object_set_new(o, "rows", json_integer(e->rows));
	json_object_set_new(o, "bytes", json_integer(e->bytes));
	json_object_set_new(o, "at", json_text(e->at));
	json_object_set_new(o, "days", json_integer(e->days));
	json_object_set_new(
	    o, "run", e->history ? json_integer(e->history) : json_null());
	return o;
}

static void
print_entry(const struct trash_entry *e)
{
	printf("%5lld  %s  %3lld %s  %-9s %10s  %s", (long long)e->id,
	    text_cleaned(&cmd_arena, e->at), (long long)e->days,
	    e->days == 1 ? "day " : "days", trash_size(&cmd_arena, e->bytes),
	    count_text(&cmd_arena, (size_t)e->rows, "row", "rows"),
	    text_cleaned(&cmd_arena, what_of(e)));
	if (e->history)
		printf("  (run %lld)\n", (long long)e->history);
	else
		printf("  (of a run that is not in the history)\n");
}

static void
print_list(const struct trash *t, const struct trash_entries *all)
{
	int64_t bytes = 0;
	json_t *list;

	if (wants_json()) {
		list = json_array();
		for (size_t i = 0; i < all->n; i++)
			json_array_append_new(list, entry_json(&all->v[i]));
		print_json(list, true);
		return;
	}
	for (size_t i = 0; i < all->n; i++) {
		print_entry(&all->v[i]);
		bytes += all->v[i].bytes;
	}
	fflush(stdout);
	if (all->n)
		note("%s, %s, in %s",
		    count_text(&cmd_arena, all->n, "entry", "entries"),
		    trash_size(&cmd_arena, bytes), t->path);
	else if (!common.quiet)
		printf("The trash is empty.\n");
}

static bool
list(struct db *db, const char *arg, struct err *err)
{
	struct trash_entries all = { 0 };
	struct trash t;
	bool there, ok;

	(void)arg;
	trash_init(&t, &cmd_arena, db);
	ok = trash_open(&t, false, &there, err) &&
	     (!there || trash_list(&t, NULL, &all, err));
	if (ok)
		print_list(&t, &all);
	trash_release(&t);
	return ok;
}

static json_t *
restored_json(const struct restored *r)
{
	json_t *o = json_object();

	json_object_set_new(o, "table", json_text(r->table));
	json_object_set_new(o, "rows", json_integer(r->rows));
	json_object_set_new(o, "renamed", json_boolean(r->renamed));
	json_object_set_new(o, "violations", json_integer(r->violations));
	json_object_set_new(o, "run", json_integer(r->run));
	return o;
}

static bool
restore(struct db *db, const char *arg, struct err *err)
{
	struct restored r;
	char *end;
	long long id = arg ? strtoll(arg, &end, 10) : 0;

	if (id <= 0 || *end)
		return err_set(err, ERR_USAGE,
		    "trash restore needs the number of an entry; deesse trash "
		    "list lists them");
	if (!db_lock(db, err) ||
	    !restore_entry(&cmd_arena, db, id, DEESSE_VERSION, &r, err))
		return false;
	if (wants_json()) {
		print_json(restored_json(&r), true);
		return true;
	}
	printf("Restored %s with %s.\n", text_cleaned(&cmd_arena, r.table),
	    count_text(&cmd_arena, (size_t)r.rows, "row", "rows"));
	fflush(stdout);
	if (r.renamed)
		note("Its own name is taken%s.",
		    r.moved ? "" : ", so it came without indexes and triggers");
	if (r.violations)
		note("%lld of its references lead nowhere: what they "
		     "referenced is gone.",
		    (long long)r.violations);
	note("It is not deesse's: no push touches it%s.",
	    r.moved ? "" : ", and the copy stays in the trash");
	return true;
}

static bool
empty_inside(struct trash *t, int64_t *n, int64_t *bytes, struct err *err)
{
	bool there;

	*n = *bytes = 0;
	return trash_open(t, false, &there, err) &&
	       (!there || trash_empty(t, opt.older_than, n, bytes, err));
}

/* The main transaction stands meanwhile: nobody is about to name an entry. */
static bool
empty(struct db *db, const char *arg, struct err *err)
{
	struct trash t;
	int64_t n, bytes;
	bool ok;

	(void)arg;
	trash_init(&t, &cmd_arena, db);
	ok = db_lock(db, err) && db_begin(db, err) &&
	     empty_inside(&t, &n, &bytes, err);
	db_rollback(db);
	trash_release(&t);
	if (!ok)
		return false;
	if (wants_json()) {
		json_t *o = json_object();

		json_object_set_new(o, "removed", json_integer(n));
		json_object_set_new(o, "bytes", json_integer(bytes));
		print_json(o, true);
	} else if (!common.quiet) {
		printf("Removed %s, %s.\n",
		    count_text(&cmd_arena, (size_t)n, "entry", "entries"),
		    trash_size(&cmd_arena, bytes));
	}
	return true;
}

static const struct {
	const char *name;
	int args;
	enum db_mode mode;
	bool (*run)(struct db *db, const char *arg, struct err *err);
} verbs[] = {
	{ "list", 0, DB_READ, list },
	{ "restore", 1, DB_WRITE, restore },
	{ "empty", 0, DB_WRITE, empty },
};

#define VERBS (sizeof(verbs) / sizeof(*verbs))

static enum status
unknown(const char *word)
{
	const char *names[VERBS], *near;

	for (size_t i = 0; i < VERBS; i++)
		names[i] = verbs[i].name;
	near = text_nearest(word, names, VERBS);
	return usage_error("trash does not know '%s'%s%s%s", word,
	    near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static bool
work(size_t verb, const char *arg, struct err *err)
{
	const struct sync_options o = {
		.command = arena_fmt(&cmd_arena, "trash %s", verbs[verb].name),
		.protected = opt.protected,
	};
	struct project p = { 0 };
	struct db *db = NULL;
	bool ok;

	ok = one_database(&p, err) &&
	     /* to write would make a file that is not there */
	     session_open(&cmd_arena, &db, &p, DB_READ, NULL, err);
	if (ok && verbs[verb].mode == DB_WRITE) {
		db_close(db);
		db = NULL;
		ok = session_open(&cmd_arena, &db, &p, DB_WRITE, NULL, err);
	}
	ok = ok &&
	     (verbs[verb].mode != DB_WRITE ||
		 protect_check(&cmd_arena, db, &p, &o, err)) &&
	     verbs[verb].run(db, arg, err);
	db_close(db);
	return ok;
}

static enum status
run(int argc, char **argv)
{
	struct err err = { 0 };
	enum status status = STATUS_OK;
	size_t verb = 0;

	while (verb < VERBS && strcmp(verbs[verb].name, argv[0]) != 0)
		verb++;
	if (verb == VERBS)
		return unknown(argv[0]);
	if (argc - 1 > verbs[verb].args)
		return usage_error("trash %s does not take '%s'", argv[0],
		    argv[1 + verbs[verb].args]);
	if (!work(verb, argc > 1 ? argv[1] : NULL, &err))
		status = report_error(&err);
	err_release(&err);
	return status;
}

const struct command cmd_trash = {
	.name = "trash",
	.args = "list|restore ENTRY|empty",
	.min_args = 1,
	.max_args = 2,
	.summary = "list, restore or empty what was taken away",
	.about =
	    "What a push takes away is kept in a trash (SQLite: a file "
	    "beside the database, app.db-trash; PostgreSQL:\nthe schema "
	    "deesse_trash).\nlist shows it; restore "
	    "brings one entry back as a table of its own, as NAME_restored\n"
	    "where the name is taken; empty lets it go for good. To take a "
	    "whole run back: deesse undo.",
	.options = options,
	.run = run,
};
