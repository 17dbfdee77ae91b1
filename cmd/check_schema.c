/* check_schema - statements tried on a schema, or held against it
 *
 * The files of one run are taken in the order in which they are given, as
 * migrations are, each on what those before it made. SQLite runs them on a
 * scratch copy; a server is asked what is there, and runs nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "cmd/check.h"
#include "cmd/cmd.h"
#include "sentinel/rule.h"
#include "shadow/shadow.h"
#include "sync/live.h"

/* Either is NULL. */
struct check_schema {
	struct shadow_trial *trial;
	struct live *live;
};

static bool
open_text(
    struct check_schema *s, const char *path, enum dialect d, struct err *err)
{
	struct buf text = { 0 };
	bool ok = file_read(&text, path, err);

	if (ok && !shadow_trial_open(&s->trial, d, NULL, buf_str(&text), err))
		ok = err_prefix(err, "%s", path);
	buf_release(&text);
	return ok;
}

static bool
open_file(struct check_schema *s, const struct db_url *url, struct err *err)
{
	struct db *db = NULL;
	bool ok = db_open(&db, url, DB_READ, err) &&
		  shadow_trial_open(&s->trial, url->dialect, db, NULL, err);

	db_close(db);
	return ok;
}

static bool
open_server(struct check_schema *s, const struct db_url *url, struct err *err)
{
	return live_open(&s->live, url, err);
}

static bool
open_database(
    struct check_schema *s, const char *spec, enum dialect *d, struct err *err)
{
	static bool (*const openers[DIALECT_COUNT])(struct check_schema * s,
	    const struct db_url *url, struct err *err) = {
		[DIALECT_SQLITE] = open_file,
		[DIALECT_POSTGRES] = open_server,
	};
	struct db_url url;

	if (!db_url_parse(&cmd_arena, &url, spec, err))
		return false;
	*d = url.dialect;
	return openers[url.dialect](s, &url, err);
}

bool
check_schema_open(
    struct check_schema **s, const char *spec, enum dialect *d, struct err *err)
{
	struct check_schema opened = { 0 };

	if (!(text_ends(spec, ".sql") ? open_text(&opened, spec, *d, err)
				      : open_database(&opened, spec, d, err)))
		return false;
	*s = arena_new(&cmd_arena, struct check_schema);
	**s = opened;
	return true;
}

void
check_schema_file(struct check_schema *s)
{
	if (s->trial)
		shadow_trial_forget(s->trial);
}

void
check_schema_close(struct check_schema *s)
{
	if (!s)
		return;
	shadow_trial_close(s->trial);
	live_close(s->live);
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

static void
run_on_copy(struct check_schema *s, struct arena *a, struct checked *c)
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

void
check_schema_try(struct check_schema *s, struct arena *a, struct checked *c)
{
	if (s->live)
		live_meet(s->live, a, &c->statement, &c->findings);
	else
		run_on_copy(s, a, c);
}
