/* differential - the sentinel against PostgreSQL's own parser
 *
 * usage: differential [STATEMENTS [SEED]]
 *
 * Statements are made from a grammar, written in an unlikely way (case,
 * comments, line breaks), and read twice: by libpg_query, whose tree says what
 * the statement is, and by the sentinel. What deletes, drops, overwrites or
 * runs unknown code must be destructive, always; what only creates must be
 * safe, but for one in two hundred.
 */
#include <jansson.h>
#include <pg_query.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "sentinel/sentinel.h"

#include "tests/differential/grammar.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))
#define DEPTH 12

/* ---- making ------------------------------------------------------------- */

static uint64_t state;

static unsigned
below(unsigned n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)((state >> 16) % n);
}

/* Returns a choice for the name; deep down the first, which ends soon. */
static const char *
choose(const char *name, size_t len, int depth)
{
	const char *choices[64];
	unsigned n = 0;

	for (size_t i = 0; i < COUNT(grammar); i++)
		if (!strncmp(grammar[i].name, name, len) &&
		    !grammar[i].name[len])
			choices[n++] = grammar[i].text;
	if (!n) {
		fprintf(stderr, "no rule %.*s\n", (int)len, name);
		exit(1);
	}
	return choices[depth > DEPTH ? 0 : below(n)];
}

static void
expand(struct buf *out, const char *text, int depth)
{
	while (text && *text) {
		const char *end = *text == '<' ? strchr(text, '>') : NULL;

		/* an operator such as <> is no name */
		if (end && end > text + 1 && !strchr(" =", text[1])) {
			expand(out,
			    choose(text + 1, (size_t)(end - text - 1), depth),
			    depth + 1);
			text = end + 1;
			continue;
		}
		buf_putc(out, *text++);
	}
}

static void
gap(struct buf *out)
{
	static const char *const gaps[] = { " ", " ", " ", " ", "\n", "\t",
		" /* DROP TABLE t; */ ", "/* a /* nested ' */ one */",
		" -- ' DELETE\n", "\r\n", " /**/ " };

	buf_puts(out, gaps[below(COUNT(gaps))]);
}

/* Writes the words apart, those in capitals in any case. */
static void
write_words(struct buf *out, const char *words)
{
	unsigned style = below(4);

	while (*words) {
		size_t n = strcspn(words, " ");
		bool keyword =
		    strspn(words, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == n;

		for (size_t i = 0; i < n; i++)
			buf_putc(out,
			    keyword && (style == 1 || (style == 2 && below(2)))
				? (char)(words[i] | (words[i] == '_' ? 0 : 32))
				: words[i]);
		words += n;
		words += strspn(words, " ");
		if (n && *words)
			gap(out);
	}
}

/* ---- what the server's parser says --------------------------------------- */

struct meaning {
	bool dangerous, plain;
};

static const char *
text_of(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

static bool
is_one_of(const char *s, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(s, *list))
			return true;
	return false;
}

/* Functions that do nothing but compute; all others could do anything. */
static bool
is_known(const json_t *call)
{
	static const char *const known[] = { "now", "upper", "lower", "max",
		NULL };
	const json_t *names = json_object_get(call, "funcname");
	const json_t *last = json_array_get(names, json_array_size(names) - 1);

	return json_array_size(names) == 1 &&
	       is_one_of(
		   text_of(json_object_get(last, "String"), "sval"), known);
}

static bool
explains_only(const json_t *explain)
{
	const json_t *options = json_object_get(explain, "options");

	for (size_t i = 0; i < json_array_size(options); i++)
		if (!strcmp(text_of(json_object_get(
					json_array_get(options, i), "DefElem"),
				"defname"),
			"analyze"))
			return false;
	return true;
}

/* Does it lose what it drops, or whatever depends on it? */
static bool
drops_data(const json_t *drop)
{
	static const char *const kinds[] = { "OBJECT_TABLE", "OBJECT_SCHEMA",
		"OBJECT_SEQUENCE", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE",
		"OBJECT_EXTENSION", NULL };

	return is_one_of(text_of(drop, "removeType"), kinds) ||
	       !strcmp(text_of(drop, "behavior"), "DROP_CASCADE");
}

static bool
drops_part(const json_t *command)
{
	static const char *const kinds[] = { "AT_DropColumn",
		"AT_DropConstraint", NULL };

	return is_one_of(text_of(command, "subtype"), kinds);
}

static bool is_dangerous(const json_t *node);

static bool
is_dangerous_member(const char *key, const json_t *value)
{
	static const char *const always[] = { "DeleteStmt", "UpdateStmt",
		"MergeStmt", "TruncateStmt", "DropdbStmt", "DropOwnedStmt",
		"DoStmt", "CallStmt", "ExecuteStmt", "LoadStmt", "CopyStmt",
		NULL };
	/* what only runs later, if ever */
	static const char *const later[] = { "CreateFunctionStmt", "ViewStmt",
		"CreateStmt", "IndexStmt", NULL };

	if (is_one_of(key, always))
		return true;
	if (is_one_of(key, later))
		return false;
	if (!strcmp(key, "ExplainStmt") && explains_only(value))
		return false;
	if (!strcmp(key, "DropStmt"))
		return drops_data(value);
	if (!strcmp(key, "AlterTableCmd") && drops_part(value))
		return true;
	if (!strcmp(key, "FuncCall") && !is_known(value))
		return true;
	if (!strcmp(key, "onConflictClause") &&
	    !strcmp(text_of(value, "action"), "ONCONFLICT_UPDATE"))
		return true;
	return is_dangerous(value);
}

static bool
is_dangerous(const json_t *node)
{
	const char *key;
	json_t *value;
	size_t i;

	if (json_is_array(node)) {
		json_array_foreach(
		    node, i, value) if (is_dangerous(value)) return true;
		return false;
	}
	json_object_foreach((json_t *)(uintptr_t)node, key,
	    value) if (is_dangerous_member(key, value)) return true;
	return false;
}

static bool
only_adds(const json_t *alter)
{
	const json_t *commands = json_object_get(alter, "cmds");

	for (size_t i = 0; i < json_array_size(commands); i++)
		if (strcmp(text_of(json_object_get(json_array_get(commands, i),
				       "AlterTableCmd"),
			       "subtype"),
			"AT_AddColumn"))
			return false;
	return true;
}

static bool
is_plain(const json_t *statement)
{
	static const char *const kinds[] = { "CreateStmt", "IndexStmt",
		"CreateEnumStmt", "CompositeTypeStmt", "ViewStmt",
		"CommentStmt", NULL };
	const char *key =
	    json_object_iter_key(json_object_iter((json_t *)statement));

	return is_one_of(key, kinds) ||
	       (!strcmp(key, "AlterTableStmt") &&
		   only_adds(json_object_get(statement, key)));
}

/* False where the server would not read the text as one statement. */
static bool
ask_server(const char *sql, struct meaning *out)
{
	PgQueryParseResult r = pg_query_parse(sql);
	json_t *tree = r.error ? NULL : json_loads(r.parse_tree, 0, NULL);
	const json_t *list = json_object_get(tree, "stmts");
	const json_t *statement =
	    json_object_get(json_array_get(list, 0), "stmt");
	bool ok = json_array_size(list) == 1;

	if (ok)
		*out = (struct meaning){ .dangerous = is_dangerous(statement),
			.plain = is_plain(statement) };
	json_decref(tree);
	pg_query_free_parse_result(r);
	return ok;
}

/* ---- both --------------------------------------------------------------- */

struct totals {
	long made, refused, dangerous, missed, plain, overcautious;
};

static enum verdict
ask_sentinel(const char *sql)
{
	struct arena a = { 0 };
	struct statements all = { 0 };
	struct findings found = { 0 };
	enum verdict v = VERDICT_DESTRUCTIVE;

	sql_split(&a, &all, DIALECT_POSTGRES, sql, strlen(sql));
	if (all.n == 1)
		v = sentinel_judge(
		    &a, NULL, DIALECT_POSTGRES, &all.v[0], &found);
	else
		fprintf(stderr, "%zu statements: %s\n", all.n, sql);
	arena_release(&a);
	return v;
}

static void
try_one(struct totals *t)
{
	struct buf words = { 0 }, sql = { 0 };
	struct meaning m = { 0 };
	enum verdict v;

	expand(&words, "<statement>", 0);
	write_words(&sql, buf_str(&words));
	t->made++;
	if (!ask_server(buf_str(&sql), &m)) {
		t->refused++;
	} else {
		v = ask_sentinel(buf_str(&sql));
		t->dangerous += m.dangerous;
		t->plain += m.plain && !m.dangerous;
		if (m.dangerous && v == VERDICT_SAFE) {
			t->missed++;
			fprintf(stderr, "MISSED: %s\n", buf_str(&sql));
		} else if (m.plain && !m.dangerous && v != VERDICT_SAFE) {
			if (t->overcautious++ < 10)
				fprintf(stderr, "too strict: %s\n",
				    buf_str(&words));
		}
	}
	buf_release(&words);
	buf_release(&sql);
}

int
main(int argc, char **argv)
{
	long wanted = argc > 1 ? atol(argv[1]) : 20000;
	struct totals t = { 0 };

	state = argc > 2 ? strtoull(argv[2], NULL, 10) * 2654435761u + 1
			 : 88172645463325252u;
	while (t.made < wanted)
		try_one(&t);
	printf("%ld statements, %ld of them not SQL; %ld dangerous, %ld "
	       "missed; %ld plain, %ld called destructive\n",
	    t.made, t.refused, t.dangerous, t.missed, t.plain, t.overcautious);
	/* a grammar that makes nothing proves nothing */
	return t.missed || t.overcautious * 200 > t.plain ||
	       t.refused * 5 > t.made || t.dangerous * 5 < t.made ||
	       t.plain * 5 < t.made;
}
