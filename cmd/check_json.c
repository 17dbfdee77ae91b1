/* check_json - verdicts as DESIGN's JSON, and as GitLab's code quality
 *
 * The objects are written one by one, so that no result of a large file is
 * held in memory.
 */
#include <string.h>

#include "base/hash.h"
#include "base/map.h"
#include "cmd/check.h"
#include "cmd/cmd.h"
#include "cmd/report.h"

static bool first;

static void
put_item(FILE *out, json_t *item)
{
	fputs(first ? "\n    " : ",\n    ", out);
	json_put(out, item, JSON_COMPACT);
	json_decref(item);
	first = false;
}

/* ---- json --------------------------------------------------------------- */

static void
json_head(FILE *out, const struct check_totals *t)
{
	fprintf(out, "{\n  \"verdict\": \"%s\",\n",
	    verdict_name(t->destructive ? VERDICT_DESTRUCTIVE : VERDICT_SAFE));
}

static void
json_begin(FILE *out)
{
	first = true;
	fputs("  \"statements\": [", out);
}

static void
json_statement(FILE *out, const struct checked *c)
{
	const struct statement *s = &c->statement;
	struct arena a = { 0 };
	json_t *o = json_object();

	json_object_set_new(o, "file", json_text(c->file));
	json_object_set_new(o, "line", json_integer(s->line));
	json_object_set_new(o, "offset", json_integer((json_int_t)s->offset));
	json_object_set_new(o, "length", json_integer((json_int_t)s->len));
	json_object_set_new(
	    o, "sql", json_text(arena_strndup(&a, s->text, s->len)));
	json_object_set_new(o, "verdict", json_text(verdict_name(c->verdict)));
	json_object_set_new(o, "findings", findings_json(&c->findings));
	put_item(out, o);
	arena_release(&a);
}

static void
json_end(FILE *out, const struct check_totals *t)
{
	(void)t;
	fputs(first ? "]\n}\n" : "\n  ]\n}\n", out);
}

const struct check_format check_json = { "json", true, json_head, json_begin,
	json_statement, json_end };

/* ---- gitlab ------------------------------------------------------------- */

static struct map seen; /* fingerprints must differ: how often each was there */

static void
gitlab_begin(FILE *out)
{
	first = true;
	fputs("[", out);
}

/* The same finding has the same fingerprint while lines move above it. */
static const char *
fingerprint(const struct checked *c, const struct finding *f)
{
	struct hash h;
	char hex[HASH_HEX];
	char *key;
	size_t *count;

	hash_init(&h);
	hash_adds(&h, c->file);
	hash_adds(&h, f->rule);
	hash_add(&h, c->statement.text + f->offset, f->length);
	hash_hex(&h, hex);
	key = arena_strdup(&cmd_arena, hex);
	count = map_get(&seen, key);
	if (!count) {
		count = arena_new(&cmd_arena, size_t);
		map_put(&cmd_arena, &seen, key, count);
	}
	return ++*count == 1 ? key
			     : arena_fmt(&cmd_arena, "%s-%zu", hex, *count);
}

static void
gitlab_statement(FILE *out, const struct checked *c)
{
	static const char *const severities[] = {
		[LEVEL_NOTE] = "info",
		[LEVEL_WARNING] = "minor",
		[LEVEL_ERROR] = "critical",
	};

	for (size_t i = 0; i < c->findings.n; i++) {
		const struct finding *f = &c->findings.v[i];
		struct check_place p = check_place(c, f);

		if (f->cleared)
			continue;
		put_item(out,
		    json_pack("{s:o, s:o, s:o, s:s, s:{s:o, s:{s:i, s:i}}}",
			"description", json_text(f->message), "check_name",
			json_text(f->rule), "fingerprint",
			json_text(fingerprint(c, f)), "severity",
			severities[check_level(f)], "location", "path",
			json_text(c->file), "lines", "begin", p.line, "end",
			p.end_line));
	}
}

static void
gitlab_end(FILE *out, const struct check_totals *t)
{
	(void)t;
	seen = (struct map){ 0 };
	fputs(first ? "]\n" : "\n]\n", out);
}

const struct check_format check_gitlab = { "gitlab", true, NULL, gitlab_begin,
	gitlab_statement, gitlab_end };
