/* config - CONFIG of collections/config.c
 *
 * It says which database is meant, and so which dialect; it is compiled by
 * itself, before the dialect is known.
 */
#include <string.h>

#include "base/file.h"
#include "dsl/build.h"
#include "dsl/saved.h"

static void
copy_list(struct arena *a, struct names *out, const char *const *list)
{
	for (; list && *list; list++)
		vec_push(a, out, arena_strdup(a, *list));
}

static void
take(struct arena *a, struct dsl_config *config,
    const struct deesse_CONFIG *from)
{
	config->database = from->database;
	config->database_env = from->database_env;
	config->dialect = from->dialect;
	config->role = from->role;
	config->debounce_ms = from->debounce_ms;
	copy_list(a, &config->schemas, from->schemas);
	copy_list(a, &config->protect, from->protect);
	config->source = (struct source){
		.file = shown_path(from->item.file),
		.line = from->item.line,
	};
}

/* Beyond it dev would seem to sleep. */
#define DEBOUNCE_MOST_MS 15000

/* What only a database of the other dialect has. A URL alone forbids nothing:
 * --database may name another. */
static void
check_dialect(struct report *r, const struct deesse_CONFIG *c)
{
	bool file = c->dialect && !strcmp(c->dialect, "sqlite");

	if (file && (c->role || c->schemas))
		report_add(r, c->item.file, c->item.line, 1,
		    "CONFIG has .%s, and a database of SQLite has none",
		    c->role ? "role" : "schemas");
}

static void
check(struct report *r, const struct deesse_CONFIG *c)
{
	const char *file = c->item.file;
	enum dialect d;

	check_dialect(r, c);
	if (c->database && c->database_env)
		report_add(r, file, c->item.line, 1,
		    "CONFIG says where the database is in .database and in "
		    ".database_env; keep one");
	if (c->debounce_ms > DEBOUNCE_MOST_MS)
		report_add(r, file, c->item.line, 1,
		    "CONFIG has .debounce_ms = %d; it is at most %d",
		    c->debounce_ms, DEBOUNCE_MOST_MS);
	if (c->role && !*c->role)
		report_add(
		    r, file, c->item.line, 1, "CONFIG has an empty .role");
	if (c->database_env && !*c->database_env)
		report_add(r, file, c->item.line, 1,
		    "CONFIG has an empty .database_env; write the name of a "
		    "variable");

	if (c->dialect && !dialect_parse(&d, c->dialect))
		report_add(r, file, c->item.line, 1,
		    "CONFIG has dialect '%s'; it takes \"sqlite\" or "
		    "\"postgres\"",
		    c->dialect);
	if (c->database && !*c->database)
		report_add(r, file, c->item.line, 1,
		    "CONFIG has an empty .database; write a URL such as "
		    "\"sqlite:app.db\"");
	if (c->debounce_ms < 0)
		report_add(r, file, c->item.line, 1,
		    "CONFIG has a negative .debounce_ms");
}

bool
dsl_config(struct arena *a, const struct dsl_options *options,
    struct dsl_config *config, struct err *err)
{
	struct build b = { .arena = a, .report = { .arena = a } };
	const char *path = file_join(a, options->dir, "config.c");
	const char *flags = file_join(a, options->dir, "compile_flags.txt");

	if (saved_is(options->dir))
		return saved_config(a, options->dir, config, err);
	if (!file_exists(path))
		return true;
	vec_push(a, &b.cache.listed, path);
	if (file_exists(flags))
		vec_push(a, &b.cache.listed, flags);
	if (!build_begin(&b, options, "config", NULL, err) ||
	    !build_objects(&b, err))
		return false;
	if (b.object.config) {
		check(&b.report, b.object.config);
		take(a, config, b.object.config);
	}
	return report_end(&b.report, err);
}
