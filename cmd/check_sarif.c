/* check_sarif - verdicts as SARIF 2.1.0, for code scanning
 *
 * All rules are described, so that the results, which come one by one after
 * them, can name them by their index.
 */
#include <string.h>

#include "cmd/check.h"
#include "cmd/cmd.h"
#include "cmd/report.h"
#include "sentinel/rule.h"

static bool first;

static const char *const levels[] = {
	[LEVEL_NOTE] = "note",
	[LEVEL_WARNING] = "warning",
	[LEVEL_ERROR] = "error",
};

static json_t *
message_of(const char *text)
{
	return json_pack("{s:o}", "text", json_text(text));
}

static json_t *
rule_json(const struct rule *r)
{
	static const char *const by_effect[] = {
		[EFFECT_SAFE] = "none",
		[EFFECT_NOTE] = "note",
		[EFFECT_DESTRUCTIVE] = "error",
	};
	json_t *o = json_object();

	json_object_set_new(o, "id", json_text(r->name));
	json_object_set_new(o, "shortDescription", message_of(r->message));
	if (r->hint)
		json_object_set_new(o, "help", message_of(r->hint));
	json_object_set_new(o, "defaultConfiguration",
	    json_pack("{s:s}", "level", by_effect[r->effect]));
	json_object_set_new(o, "properties",
	    json_pack("{s:[o]}", "tags", json_text(class_name(r->class))));
	return o;
}

static json_t *
tool_json(void)
{
	json_t *rules = json_array();

	for (size_t i = 0; i < sentinel_rules_n; i++)
		json_array_append_new(rules, rule_json(&sentinel_rules[i]));
	return json_pack("{s:{s:s, s:s, s:o}}", "driver", "name", "deesse",
	    "version", DEESSE_VERSION, "rules", rules);
}

static void
begin(FILE *out)
{
	json_t *tool = tool_json();

	first = true;
	fputs("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
	      "\"version\":\"2.1.0\",\"runs\":[{\"tool\":",
	    out);
	json_put(out, tool, JSON_COMPACT);
	fputs(",\"columnKind\":\"unicodeCodePoints\",\"results\":[", out);
	json_decref(tool);
}

/* A path as a URI reference: what is not plain becomes %XX. */
static json_t *
uri_of(const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/";
	struct buf b = { 0 };
	json_t *uri;

	buf_puts(&b, *path == '/' ? "file://" : "");
	for (; *path; path++) {
		if (strchr(plain, *path))
			buf_putc(&b, *path);
		else
			buf_fmt(&b, "%%%02X", (unsigned char)*path);
	}
	uri = json_string(buf_str(&b));
	buf_release(&b);
	return uri;
}

static json_t *
location_json(const struct checked *c, const struct finding *f)
{
	struct check_place p = check_place(c, f);
	struct arena a = { 0 };
	json_t *region = json_object(), *location;
	size_t at = c->statement.offset + f->offset;

	json_object_set_new(region, "startLine", json_integer(p.line));
	json_object_set_new(region, "startColumn", json_integer(p.column));
	json_object_set_new(region, "endLine", json_integer(p.end_line));
	json_object_set_new(region, "endColumn", json_integer(p.end_column));
	json_object_set_new(region, "byteOffset", json_integer((json_int_t)at));
	json_object_set_new(
	    region, "byteLength", json_integer((json_int_t)f->length));
	json_object_set_new(region, "snippet",
	    message_of(
		arena_strndup(&a, c->statement.text + f->offset, f->length)));
	location = json_pack("{s:{s:{s:o}, s:o}}", "physicalLocation",
	    "artifactLocation", "uri", uri_of(c->file), "region", region);
	arena_release(&a);
	return location;
}

static json_t *
result_json(const struct checked *c, size_t i)
{
	const struct finding *f = &c->findings.v[i];
	json_t *o = json_object();

	json_object_set_new(o, "ruleId", json_text(f->rule));
	for (size_t k = 0; k < sentinel_rules_n; k++)
		if (!strcmp(sentinel_rules[k].name, f->rule))
			json_object_set_new(
			    o, "ruleIndex", json_integer((json_int_t)k));
	json_object_set_new(o, "level",
	    json_text(levels[f->cleared ? LEVEL_NOTE : check_level(f)]));
	json_object_set_new(o, "message", message_of(f->message));
	json_object_set_new(
	    o, "locations", json_pack("[o]", location_json(c, f)));
	if (c->reasons.v[i])
		json_object_set_new(o, "suppressions",
		    json_pack("[{s:s, s:o}]", "kind", "inSource",
			"justification", json_text(c->reasons.v[i])));
	return o;
}

static void
statement(FILE *out, const struct checked *c)
{
	for (size_t i = 0; i < c->findings.n; i++) {
		json_t *o;

		if (c->findings.v[i].cleared && !c->reasons.v[i])
			continue;
		o = result_json(c, i);
		fputs(first ? "\n" : ",\n", out);
		json_put(out, o, JSON_COMPACT);
		json_decref(o);
		first = false;
	}
}

static void
end(FILE *out, const struct check_totals *t)
{
	fprintf(out, "],\"invocations\":[{\"executionSuccessful\":%s}]}]}\n",
	    t->mistakes ? "false" : "true");
}

const struct check_format check_sarif = { "sarif", true, NULL, begin, statement,
	end };
