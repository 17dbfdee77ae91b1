/* protect - mark the database as one that is changed only by its name */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cmd/each.h"
#include "cmd/report.h"
#include "sync/protect.h"
#include "sync/session.h"

static struct {
	bool off;
} opt;

static const struct option_row options[] = {
	{ "off", 0, OPTION_FLAG, &opt.off, NULL,
	    "take the mark away; NAME must be the one it is protected as" },
	{ 0 },
};

/* To write would make a file that is not there. */
static bool
open_database(struct db **db, const struct project *p, struct err *err)
{
	if (!session_open(&cmd_arena, db, p, DB_READ, NULL, err))
		return false;
	db_close(*db);
	*db = NULL;
	return session_open(&cmd_arena, db, p, DB_WRITE, NULL, err) &&
	       db_lock(*db, err);
}

static bool
may_take_away(const struct project *p, const struct journal_state *head,
    const char *name, struct err *err)
{
	const char *is = head->protected ? head->protected : "";

	if (!*is)
		return err_fail(
		    err, "%s carries no mark to take away", p->url.shown);
	return (name && !strcmp(name, is)) ||
	       err_set(err, ERR_DECISION,
		   "%s is protected as \"%s\"; say so: deesse protect --off "
		   "'%s'",
		   p->url.shown, is, is);
}

static bool
mark(struct db *db, const struct project *p, const char **name, struct err *err)
{
	struct journal_state head;
	struct protection x;

	if (!protect_find(&cmd_arena, p, &x, err) ||
	    !journal_read_head(&cmd_arena, db, &head, err))
		return false;
	if (opt.off)
		return may_take_away(p, &head, *name, err) &&
		       journal_protect(db, "", err);
	if (!*name)
		*name = x.own;
	return journal_protect(db, *name, err);
}

static enum status
report(const struct project *p, const char *name)
{
	json_t *o;

	if (wants_json()) {
		o = json_object();
		json_object_set_new(o, "database", json_text(p->url.shown));
		json_object_set_new(
		    o, "protected", opt.off ? json_null() : json_text(name));
		print_json(o, true);
	} else if (opt.off) {
		note("%s is no longer marked as protected.", p->url.shown);
	} else {
		note("%s is protected as \"%s\": deesse dev leaves it alone, "
		     "and what changes it needs --protected '%s'.",
		    p->url.shown, name, name);
	}
	return STATUS_OK;
}

static enum status
run(int argc, char **argv)
{
	const char *name = argc ? argv[0] : NULL;
	struct project project = { 0 };
	struct db *db = NULL;
	struct err err = { 0 };
	enum status status;

	if (name && !*name)
		return usage_error("protect takes a name, not an empty one");
	if (one_database(&project, &err) &&
	    open_database(&db, &project, &err) &&
	    mark(db, &project, &name, &err))
		status = report(&project, name);
	else
		status = report_error(&err);
	db_close(db);
	err_release(&err);
	return status;
}

const struct command cmd_protect = {
	.name = "protect",
	.args = "[NAME]",
	.max_args = 1,
	.summary = "mark the database: nothing changes it but by its name",
	.about =
	    "Marks the database as protected under NAME, or under its own "
	    "name. From then on `dev`\nrefuses to work on it, and push, undo "
	    "and trash change it only with --protected NAME.\nThe mark is in "
	    "the database, so it holds for everybody. CONFIG(.protect = "
	    "VALUES(\"…\"))\nnames databases that are protected without one.",
	.options = options,
	.run = run,
};
