/* plan - a plan that is kept in a file */
#include "cmd/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cmd/report.h"

bool
plan_save(const struct sync *s, const char *file, struct err *err)
{
	json_t *o = report_json(s, false), *plan = json_object();
	char hex[HASH_HEX], *text;
	bool ok;

	sync_hash(s, hex);
	json_object_set_new(plan, "version", json_text(s->options.version));
	json_object_set_new(plan, "schema", json_text(s->fingerprint));
	json_object_set_new(plan, "hash", json_text(hex));
	json_object_set_new(o, "plan", plan);
	text = json_dumps(o, JSON_INDENT(2));
	ok = text ? file_write(file, text, strlen(text), 0644, err)
		  : err_fail(err, "%s: out of memory", file);
	free(text);
	json_decref(o);
	return ok;
}

static bool
take(char hex[HASH_HEX], const json_t *plan, const char *key)
{
	const char *text = json_string_value(json_object_get(plan, key));

	if (!text || strlen(text) != HASH_HEX - 1)
		return false;
	memcpy(hex, text, HASH_HEX);
	return true;
}

bool
plan_load(struct saved_plan *p, const char *file, struct err *err)
{
	struct buf text = { 0 };
	json_error_t why;
	json_t *o = NULL, *plan;
	bool ok = file_read(&text, file, err);

	if (ok && !(o = json_loadb(buf_str(&text), text.len, 0, &why)))
		ok = err_fail(err, "%s:%d: %s", file, why.line, why.text);
	plan = json_object_get(o, "plan");
	p->file = file;
	if (ok &&
	    (!take(p->schema, plan, "schema") || !take(p->hash, plan, "hash")))
		ok = err_fail(err,
		    "%s is not a saved plan: write one with deesse diff --out",
		    file);
	json_decref(o);
	buf_release(&text);
	return ok;
}

bool
plan_holds(const struct saved_plan *p, const struct sync *s, struct err *err)
{
	char hex[HASH_HEX];

	sync_hash(s, hex);
	if (!strcmp(p->hash, hex))
		return true;
	return err_fail(err,
	    "%s is not what would run now: %s since it was saved; nothing was "
	    "applied\nsave it anew with deesse diff --out, and look at it "
	    "again",
	    p->file,
	    strcmp(p->schema, s->fingerprint) ? "the database has moved"
					      : "the collections have changed");
}
