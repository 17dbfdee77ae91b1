/* server.h - what PostgreSQL's own parser says of a statement.
 *
 * Included by differential.c alone. libpg_query gives the tree; what it means
 * is decided here, and by nothing of sentinel/.
 */
#ifndef TESTS_DIFFERENTIAL_SERVER_H
#define TESTS_DIFFERENTIAL_SERVER_H

#include <jansson.h>
#include <pg_query.h>
#include <stdint.h>
#include <string.h>

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

/* Functions that do nothing but compute, one a line between line ends; all
 * others could do anything. */
static const char *harmless = "\nnow\nupper\nlower\nmax\n";

static bool
is_harmless(const char *name)
{
	size_t n = strlen(name);

	for (const char *p = harmless; (p = strstr(p, name)); p += n)
		if (p[-1] == '\n' && p[n] == '\n')
			return n > 0;
	return false;
}

/* Is it the server's own, by that name? */
static bool
is_known(const json_t *call)
{
	const json_t *names = json_object_get(call, "funcname");
	const json_t *last = json_array_get(names, json_array_size(names) - 1);

	if (json_array_size(names) == 2 &&
	    strcmp(text_of(json_object_get(json_array_get(names, 0), "String"),
		       "sval"),
		"pg_catalog"))
		return false;
	return json_array_size(names) <= 2 &&
	       is_harmless(text_of(json_object_get(last, "String"), "sval"));
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

/* A default, or a constraint that does not look at what is there. */
static bool
is_for_later(const json_t *command)
{
	const json_t *constraint =
	    json_object_get(json_object_get(command, "def"), "Constraint");

	return !strcmp(text_of(command, "subtype"), "AT_ColumnDefault") ||
	       json_is_true(json_object_get(constraint, "skip_validation"));
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
		"CreateStmt", "IndexStmt", "CreateDomainStmt",
		"CreateStatsStmt", "CreateTrigStmt", NULL };

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
	if (!strcmp(key, "AlterTableCmd") && is_for_later(value))
		return false;
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

/* Can no row that exists stand against the new column? */
static bool
is_plain_column(const json_t *column)
{
	static const char *const fine[] = { "CONSTR_NULL", "CONSTR_DEFAULT",
		"CONSTR_CHECK", "CONSTR_FOREIGN", NULL };
	const json_t *constraints = json_object_get(column, "constraints");

	for (size_t i = 0; i < json_array_size(constraints); i++)
		if (!is_one_of(
			text_of(json_object_get(json_array_get(constraints, i),
				    "Constraint"),
			    "contype"),
			fine))
			return false;
	return json_array_size(constraints) < 2;
}

static bool
only_adds(const json_t *alter)
{
	const json_t *commands = json_object_get(alter, "cmds");

	for (size_t i = 0; i < json_array_size(commands); i++) {
		const json_t *command = json_object_get(
		    json_array_get(commands, i), "AlterTableCmd");

		if (strcmp(text_of(command, "subtype"), "AT_AddColumn") ||
		    !is_plain_column(json_object_get(
			json_object_get(command, "def"), "ColumnDef")))
			return false;
	}
	return true;
}

/* Only creates, or comments; nothing that is there can stand against it, and
 * it takes no other's place. */
static bool
is_plain(const json_t *statement)
{
	static const char *const kinds[] = { "CreateStmt", "IndexStmt",
		"CreateEnumStmt", "CompositeTypeStmt", "ViewStmt",
		"CommentStmt", NULL };
	const char *key =
	    json_object_iter_key(json_object_iter((json_t *)statement));
	const json_t *value = json_object_get(statement, key);

	if (!strcmp(key, "AlterTableStmt"))
		return only_adds(value);
	return is_one_of(key, kinds) &&
	       !json_is_true(json_object_get(value, "unique")) &&
	       !json_is_true(json_object_get(value, "replace"));
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

#endif
