/* check_schema - statements tried on a scratch copy of a schema
 *
 * The files of one run are tried in the order in which they are given, as
 * migrations are, each on what those before it made.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "cmd/check.h"
#include "cmd/cmd.h"
#include "sentinel/rule.h"
#include "shadow/shadow.h"

struct check_schema {
	struct shadow_trial *trial;
};

static bool
open_text(
    struct shadow_trial **t, const char *path, enum dialect d, struct err *err)
{
	struct buf text = { 0 };
	bool ok = file_read(&text, path, err);

	if (ok && !shadow_trial_open(t, d, NULL, buf_str(&text), err))
		ok = err_prefix(err, "%s", path);
	buf_release(&text);
	return ok;
}

static bool
open_database(
    struct shadow_trial **t, const char *spec, enum dialect *d, struct err *err)
{
	struct db_url url;
	struct db *db = NULL;
	bool ok;

	ok = db_url_parse(&cmd_arena, &url, spec, err) &&
	     db_open(&db, &url, DB_READ, err) &&
	     shadow_trial_open(t, url.dialect, db, NULL, err);
	*d = url.dialect;
	db_close(db);
	return ok;
}

bool
check_schema_open(
    struct check_schema **s, const char *spec, enum dialect *d, struct err *err)
{
	struct shadow_trial *trial = NULL;
	bool ok = text_ends(spec, ".sql") ? open_text(&trial, spec, *d, err)
					  : open_database(&trial, spec, d, err);

	if (!ok)
		return false;
	*s = arena_new(&cmd_arena, struct check_schema);
	(*s)->trial = trial;
	return true;
}

void
check_schema_file(struct check_schema *s)
{
	shadow_trial_forget(s->trial);
}

void
check_schema_close(struct check_schema *s)
{
	if (s)
		shadow_trial_close(s->trial);
}

/* What nobody knows is not run, not even here; and a pragma is about the
 * connection, which is not the one that will run it. */
static bool
is_tried(const struct checked *c)
{
	for (size_t i = 0; i < c->findings.n; i++)
		if (c->findings.v[i].class == CLASS_OPAQUE &&
		    c->findings.v[i].destructive)
			return false;
	return c->statement.len < 6 ||
	       strncasecmp(c->statement.text, "pragma", 6);
}

static bool
has_rule(const struct findings *found, const char *rule)
{
	for (size_t i = 0; i < found->n; i++)
		if (!strcmp(found->v[i].rule, rule))
			return true;
	return false;
}

static void
add(struct arena *a, struct checked *c, struct finding f)
{
	f.offset = 0;
	f.length = c->statement.len;
	vec_push(a, &c->findings, f);
}

void
check_schema_try(struct check_schema *s, struct arena *a, struct checked *c)
{
	const struct rule *fails = rule_named("fails-on-schema");
	struct findings seen = { 0 };
	struct err err = { 0 };

	if (!is_tried(c))
		return;
	if (!shadow_trial_run(s->trial,
		arena_strndup(a, c->statement.text, c->statement.len), &seen,
		&err)) {
		add(a, c,
		    (struct finding){ .rule = fails->name,
			.class = fails->class,
			.message = arena_fmt(
			    a, "It does not run on this schema: %s.", err.text),
			.hint = fails->hint,
			.rows = -1 });
		err_release(&err);
	}
	for (size_t i = 0; i < seen.n; i++)
		if (!has_rule(&c->findings, seen.v[i].rule))
			add(a, c, seen.v[i]);
}
