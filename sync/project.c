/* project - which collections, which database */
#include "sync/project.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/text.h"
#include "sync/dialect.h"

static char *
trimmed(char *s)
{
	char *end = s + strlen(s);

	while (isspace((unsigned char)*s))
		s++;
	while (end > s && isspace((unsigned char)end[-1]))
		*--end = '\0';
	return s;
}

/* The value of one line of .env, if the line sets this name. */
static char *
env_value(char *line, const char *name)
{
	char *value;
	size_t n;

	line = trimmed(line);
	if (text_starts(line, "export "))
		line = trimmed(line + 7);
	value = strchr(line, '=');
	if (!value)
		return NULL;
	*value++ = '\0';
	if (strcmp(trimmed(line), name))
		return NULL;
	value = trimmed(value);
	n = strlen(value);
	if (n > 1 && (*value == '"' || *value == '\'') &&
	    value[n - 1] == *value) {
		value[n - 1] = '\0';
		value++;
	}
	return value;
}

static const char *
from_dotenv(struct arena *a, const char *name)
{
	struct err ignored = { 0 };
	struct buf b = { 0 };
	const char *found = NULL;
	char *line, *rest;

	if (file_exists(".env") && file_read(&b, ".env", &ignored) && b.len) {
		for (rest = b.s; (line = strsep(&rest, "\n"));) {
			char *value = env_value(line, name);

			if (value)
				found = arena_strdup(a, value);
		}
	}
	err_release(&ignored);
	buf_release(&b);
	return found;
}

static const char *
from_file(struct arena *a, const char *path, struct err *err)
{
	struct buf b = { 0 };
	const char *url = NULL;

	if (file_read(&b, path, err))
		url = arena_strdup(a, b.s ? trimmed(b.s) : "");
	else
		err_prefix(err, "DATABASE_URL_FILE");
	buf_release(&b);
	return url;
}

/* CONFIG names the URL itself or the environment variable that holds it. */
static const char *
from_config(const struct dsl_config *config, struct err *err)
{
	const char *url;

	if (config->database)
		return config->database;
	url = getenv(config->database_env);
	if (!url || !*url) {
		err_set(err, ERR_USAGE,
		    "%s:%d: CONFIG names the environment variable %s, which "
		    "is not set",
		    config->source.file, config->source.line,
		    config->database_env);
		return NULL;
	}
	return url;
}

/* Where a database is that nobody says: libpq has its own defaults. */
static const char *const nowhere[DIALECT_COUNT] = {
	[DIALECT_SQLITE] = "sqlite:deesse.db",
	[DIALECT_POSTGRES] = "postgresql://",
};

static enum dialect
dialect_of(const struct dsl_config *config, enum dialect d)
{
	if (config->dialect)
		dialect_parse(&d, config->dialect);
	return d;
}

static const char *
find_url(struct arena *a, const struct dsl_config *config, struct err *err)
{
	const char *s;

	if (config->database || config->database_env)
		return from_config(config, err);
	if ((s = getenv("DATABASE_URL")) && *s)
		return s;
	if ((s = getenv("DATABASE_URL_FILE")) && *s)
		return from_file(a, s, err);
	s = from_dotenv(a, "DATABASE_URL");
	return s ? s : nowhere[dialect_of(config, DIALECT_SQLITE)];
}

/* CONFIG of another dialect than its database is a database too few. */
static bool
dialects_agree(const struct project *p, struct err *err)
{
	enum dialect said = dialect_of(&p->config, p->url.dialect);

	if (said == p->url.dialect)
		return true;
	return err_fail(err,
	    "%s:%d: CONFIG says .dialect = \"%s\", and the database is %s; "
	    "name another one, or leave .dialect out",
	    p->config.source.file, p->config.source.line, p->config.dialect,
	    p->url.shown);
}

/* Is this where the collections of all databases begin? */
static bool
is_root(struct arena *a, const char *dir)
{
	const char *flags = file_join(a, dir, "compile_flags.txt");
	const char *name = file_base(dir);
	struct buf b = { 0 };
	struct err ignored = { 0 };
	bool found = !strcmp(name, PROJECT_FOLDER);

	if (!found && file_exists(flags) && file_read(&b, flags, &ignored))
		found = strstr(buf_str(&b), PROJECT_STATE "/include") != NULL;
	err_release(&ignored);
	buf_release(&b);
	return found;
}

/* Returns the folder above dir where the collections begin, or NULL. */
static const char *
find_root(struct arena *a, const char *dir)
{
	size_t n = strlen(dir);

	while (n) {
		while (n && dir[n - 1] != '/')
			n--;
		while (n && dir[n - 1] == '/')
			n--;
		if (n && is_root(a, arena_strndup(a, dir, n)))
			return arena_strndup(a, dir, n);
	}
	return NULL;
}

/* A folder with its own config.c, below that of the collections, is a database
 * of its own, and has a state of its own. */
static bool
find_place(struct arena *a, struct project *p, const char *dir, struct err *err)
{
	static const char *const ours[] = { "cache", "include", "shadow" };
	size_t n = strlen(dir);

	while (n > 1 && dir[n - 1] == '/')
		n--;
	p->dsl.dir = dir = arena_strndup(a, dir, n);
	p->dsl.state_dir = PROJECT_STATE;
	p->name = "";
	if (!file_exists(file_join(a, dir, "config.c")))
		return true;
	p->dsl.root = find_root(a, dir);
	if (!p->dsl.root)
		return true;
	p->name = dir + strlen(p->dsl.root) + 1;
	p->dsl.state_dir = file_join(a, PROJECT_STATE, p->name);
	for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++)
		if (!strcmp(p->name, ours[i]))
			return err_fail(err,
			    "%s has a config.c, so it is a database of its "
			    "own, and its state would be %s, which deesse has "
			    "for itself; call the folder otherwise",
			    dir, p->dsl.state_dir);
	return true;
}

bool
project_find(struct arena *a, struct project *p, const char *database,
    const char *collections, bool verbose, struct err *err)
{
	bool known = !database;

	*p = (struct project){ 0 };
	if (!find_place(a, p, collections ? collections : PROJECT_FOLDER, err))
		return false;
	p->dsl.verbose = verbose;
	if (!database) {
		if (!dsl_config(a, &p->dsl, &p->config, err))
			return false;
		database = find_url(a, &p->config, err);
		if (!database)
			return false;
	}
	if (!db_url_parse(a, &p->url, database, err))
		return false;
	p->dsl.dialect = p->url.dialect;
	/* CONFIG says more of such a database than where it is */
	if (!known && sync_dialect(p->url.dialect)->schemas &&
	    !dsl_config(a, &p->dsl, &p->config, err))
		return false;
	return dialects_agree(p, err);
}
