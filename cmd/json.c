/* json - a plan or an answer, as DESIGN's JSON */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "cmd/report.h"

json_t *
json_text(const char *s)
{
	json_t *j;
	struct buf b = { 0 };

	if (!s)
		return json_null();
	j = json_string(s);
	if (j)
		return j;
	/* not UTF-8: the bytes become their escapes */
	text_clean(&b, s);
	j = json_string(buf_str(&b));
	buf_release(&b);
	return j;
}

json_t *
findings_json(const struct findings *f)
{
	json_t *list = json_array();

	for (size_t i = 0; i < f->n; i++) {
		const struct finding *x = &f->v[i];
		json_t *o;

		if (x->cleared)
			continue;
		o = json_object();
		json_object_set_new(o, "rule", json_text(x->rule));
		json_object_set_new(
		    o, "class", json_text(class_name(x->class)));
		json_object_set_new(o, "message", json_text(x->message));
		if (x->object)
			json_object_set_new(o, "object", json_text(x->object));
		if (x->rows >= 0)
			json_object_set_new(o, "rows", json_integer(x->rows));
		if (x->hint)
			json_object_set_new(o, "hint", json_text(x->hint));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *
step_json(const struct judged *j)
{
	const struct source *from = &j->step->source;
	json_t *o = json_object();
	struct buf b = { 0 };

	json_object_set_new(o, "sql", json_text(j->sql));
	if (j->online)
		json_object_set_new(o, "online", json_text(j->online));
	json_object_set_new(o, "undo", json_text(j->undo));
	json_object_set_new(o, "phase", json_text(phase_name(j->step->phase)));
	json_object_set_new(o, "verdict", json_text(verdict_name(j->verdict)));
	if (from->file) {
		buf_fmt(&b, "%s:%d", from->file, from->line);
		json_object_set_new(o, "source", json_text(buf_str(&b)));
		buf_release(&b);
	} else {
		json_object_set_new(o, "source", json_null());
	}
	json_object_set_new(o, "findings", findings_json(&j->findings));
	return o;
}

json_t *
names_json(const struct names *names)
{
	json_t *list = json_array();

	for (size_t i = 0; i < names->n; i++)
		json_array_append_new(list, json_text(names->v[i]));
	return list;
}

json_t *
report_json(const struct sync *s, bool applied)
{
	json_t *o = json_object(), *changes = json_array(),
	       *unresolved = json_array();

	for (size_t i = 0; i < s->steps.n; i++)
		json_array_append_new(changes, step_json(&s->steps.v[i]));
	for (size_t i = 0; i < s->unresolved.n; i++) {
		const struct unresolved *u = &s->unresolved.v[i];
		json_t *x = json_object();

		json_object_set_new(x, "kind", json_text(u->kind));
		json_object_set_new(x, "from", json_text(u->from));
		json_object_set_new(x, "to", names_json(&u->to));
		json_array_append_new(unresolved, x);
	}
	json_object_set_new(o, "database", json_text(s->project->url.shown));
	json_object_set_new(
	    o, "dialect", json_text(dialect_name(s->project->url.dialect)));
	json_object_set_new(o, "verdict", json_text(verdict_name(s->verdict)));
	json_object_set_new(o, "applied", json_boolean(applied));
	json_object_set_new(o, "changes", changes);
	json_object_set_new(o, "unresolved", unresolved);
	return o;
}

json_t *
report_applied_json(const struct sync *s)
{
	json_t *o = report_json(s, true), *kept = json_object();

	json_object_set_new(kept, "entries", json_integer(s->kept_entries));
	json_object_set_new(kept, "bytes", json_integer(s->kept_bytes));
	json_object_set_new(o, "run", json_integer(s->run));
	json_object_set_new(o, "trash", kept);
	return o;
}

/* What is printed meanwhile, or NULL. */
static json_t *collected;

void
json_collect(bool on)
{
	json_t *all = collected;

	collected = on && wants_json() ? json_array() : NULL;
	if (all)
		print_json(all, true);
}

void
json_put(FILE *out, const json_t *value, size_t flags)
{
	char *text = json_dumps(value, flags);
	struct buf b = { 0 };

	text_clean_json(&b, text ? text : "null");
	fputs(buf_str(&b), out);
	buf_release(&b);
	free(text);
}

void
print_json(json_t *value, bool pretty)
{
	if (collected) {
		json_array_append_new(collected, value);
		return;
	}
	json_put(stdout, value, pretty ? JSON_INDENT(2) : JSON_COMPACT);
	fputc('\n', stdout);
	json_decref(value);
}
