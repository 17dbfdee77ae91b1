/* projects - the databases of one tree of collections */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "sync/project.h"

struct finding_all {
	struct arena *a;
	struct projects *out;
	bool verbose;
};

/* Nobody but its CONFIG says where a database below is: what the environment
 * names is that of the tree. */
static bool
says_where(const struct project *p, struct err *err)
{
	const struct dsl_config *c = &p->config;

	if (!*p->name || c->database || c->database_env)
		return true;
	if (!c->source.file)
		return err_fail(err,
		    "%s/config.c holds no CONFIG: a folder with a config.c is "
		    "a database of its own, and CONFIG must say which",
		    p->dsl.dir);
	return err_fail(err,
	    "%s:%d: CONFIG of a folder that is a database of its own must say "
	    "which: .database = \"sqlite:%s.db\", or .database_env",
	    c->source.file, c->source.line, p->name);
}

static bool
add(struct finding_all *f, const char *dir, struct err *err)
{
	struct project p;

	if (!project_find(f->a, &p, NULL, dir, f->verbose, err) ||
	    !says_where(&p, err))
		return false;
	vec_push(f->a, f->out, p);
	return true;
}

/* What makes two URLs the same database: the real path of a file, though it be
 * not there yet. */
static const char *
identity(struct arena *a, const struct db_url *url)
{
	char real[PATH_MAX];
	const char *authority, *user;

	if (!url->path) {
		/* whoever it is that asks */
		authority = strstr(url->shown, "//");
		user = authority ? strchr(authority, '@') : NULL;
		return user ? user : url->shown;
	}
	if (realpath(url->path, real))
		return arena_strdup(a, real);
	if (!realpath(file_folder(a, url->path), real))
		return url->path;
	return file_join(a, real, file_base(url->path));
}

/* One database of two folders: each would find the other's tables strange. */
static bool
are_apart(struct arena *a, const struct projects *all, struct err *err)
{
	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < i; k++)
			if (!strcmp(identity(a, &all->v[i].url),
				identity(a, &all->v[k].url)))
				return err_fail(err,
				    "%s and %s name the same database, %s; "
				    "each folder with a config.c is a database "
				    "of its own: name another one, or take its "
				    "config.c away",
				    all->v[k].dsl.dir, all->v[i].dsl.dir,
				    all->v[i].url.shown);
	return true;
}

static bool
find_all(struct finding_all *f, const char *dir, const struct names *below,
    struct err *err)
{
	if (dsl_holds(dir) && !add(f, dir, err))
		return false;
	for (size_t i = 0; i < below->n; i++)
		if (!add(f, below->v[i], err))
			return false;
	return are_apart(f->a, f->out, err);
}

static bool
list_them(const struct projects *all, const char *why, struct err *err)
{
	struct err list = { 0 };

	err_set(&list, ERR_USAGE, "%s; say which one is meant:", why);
	for (size_t i = 0; i < all->n; i++)
		err_add(&list, "  --database %s   %s", all->v[i].dsl.dir,
		    all->v[i].url.shown);
	*err = list;
	return false;
}

/* A folder is named as a path, or as it is called below the others. */
static const char *
folder_named(const char *database, const char *dir, const struct names *below)
{
	size_t n = strlen(dir);

	if (!strcmp(database, dir))
		return dir;
	for (size_t i = 0; i < below->n; i++)
		if (!strcmp(below->v[i], database) ||
		    !strcmp(below->v[i] + n + 1, database))
			return below->v[i];
	return NULL;
}

/* One is enough: what keeps others from being found does not matter. */
static bool
find_by_url(
    struct finding_all *f, const char *database, const struct names *below)
{
	for (size_t i = 0; i < below->n; i++) {
		struct err ignored = { 0 };
		struct project p;
		bool found = project_find(f->a, &p, NULL, below->v[i],
				 f->verbose, &ignored) &&
			     (!strcmp(p.url.text, database) ||
				 !strcmp(p.url.shown, database));

		err_release(&ignored);
		if (!found)
			continue;
		vec_push(f->a, f->out, p);
		return true;
	}
	return false;
}

/* A URL that no folder below has is another place for the folder itself. */
static bool
choose(struct finding_all *f, const char *database, const char *dir,
    const struct names *below, struct err *err)
{
	const char *folder = folder_named(database, dir, below);
	struct project p;

	if (folder)
		return add(f, folder, err);
	if (find_by_url(f, database, below))
		return true;
	if (!dsl_holds(dir)) {
		find_all(f, dir, below, err);
		err_release(err);
		return list_them(f->out,
		    arena_fmt(f->a, "no folder of %s has the database '%s'",
			dir, database),
		    err);
	}
	if (!project_find(f->a, &p, database, dir, f->verbose, err))
		return false;
	vec_push(f->a, f->out, p);
	return true;
}

bool
projects_find(struct arena *a, struct projects *out, const char *database,
    const char *collections, bool verbose, struct err *err)
{
	struct finding_all f = { a, out, verbose };
	struct err ignored = { 0 };
	struct names below = { 0 };
	struct project p;
	const char *dir = collections ? collections : PROJECT_FOLDER;
	size_t n = strlen(dir);

	while (n > 1 && dir[n - 1] == '/')
		n--;
	dir = arena_strndup(a, dir, n);
	/* a file, or no folder: what needs collections will say so */
	dsl_databases(a, dir, &below, &ignored);
	err_release(&ignored);
	if (!below.n) {
		if (!project_find(a, &p, database, dir, verbose, err))
			return false;
		vec_push(a, out, p);
		return true;
	}
	return database ? choose(&f, database, dir, &below, err)
			: find_all(&f, dir, &below, err);
}

bool
project_choose(struct arena *a, struct project *p, const char *database,
    const char *collections, bool verbose, struct err *err)
{
	struct projects all = { 0 };

	if (!projects_find(a, &all, database, collections, verbose, err))
		return false;
	if (all.n > 1)
		return list_them(&all,
		    arena_fmt(a, "there are %u databases here", all.n), err);
	*p = all.v[0];
	return true;
}
