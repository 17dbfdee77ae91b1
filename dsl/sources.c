/* sources - the files that a schema is made of, and their state */
#include "dsl/sources.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/text.h"
#include "dsl/dsl.h"
#include "dsl/report.h"

static const char *const suffixes[] = { ".c", ".h", ".sql",
	"/compile_flags.txt" };

static bool
takes_part(const char *path)
{
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (text_ends(path, suffixes[i]))
			return true;
	return false;
}

/* Adds the folders that have a config.c, but for dir itself. */
static void
find_databases(struct arena *a, struct names *out, const char *dir,
    const struct names *all)
{
	static const char config[] = "/config.c";
	const char *own = file_join(a, dir, config + 1);

	for (size_t i = 0; i < all->n; i++)
		if (text_ends(all->v[i], config) && strcmp(all->v[i], own) != 0)
			vec_push(a, out,
			    arena_strndup(a, all->v[i],
				strlen(all->v[i]) - strlen(config)));
}

static bool
is_below(const struct names *folders, const char *path)
{
	for (size_t i = 0; i < folders->n; i++) {
		size_t n = strlen(folders->v[i]);

		if (!strncmp(folders->v[i], path, n) && path[n] == '/')
			return true;
	}
	return false;
}

bool
sources_list(
    struct arena *a, struct names *out, const char *dir, struct err *err)
{
	struct names all = { 0 }, others = { 0 };

	if (!file_find(a, &all, dir, "", err))
		return false;
	find_databases(a, &others, dir, &all);
	for (size_t i = 0; i < all.n; i++)
		if (takes_part(all.v[i]) && !is_below(&others, all.v[i]))
			vec_push(a, out, all.v[i]);
	return true;
}

bool
dsl_databases(
    struct arena *a, const char *dir, struct names *out, struct err *err)
{
	struct names all = { 0 };

	if (!file_find(a, &all, dir, ".c", err))
		return false;
	find_databases(a, out, dir, &all);
	return true;
}

bool
dsl_holds(const char *dir)
{
	struct arena a = { 0 };
	struct names files = { 0 };
	struct err ignored = { 0 };
	const char *config = file_join(&a, dir, "config.c");
	bool holds = false;

	sources_list(&a, &files, dir, &ignored);
	for (size_t i = 0; i < files.n; i++)
		holds |= (text_ends(files.v[i], ".c") ||
			     text_ends(files.v[i], ".sql")) &&
			 strcmp(files.v[i], config) != 0;
	err_release(&ignored);
	arena_release(&a);
	return holds;
}

bool
facts_of(struct facts *f, const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return false;
	f->size = st.st_size;
	f->mtime = st.st_mtim.tv_sec * 1000000000LL + st.st_mtim.tv_nsec;
	f->ctime = st.st_ctim.tv_sec * 1000000000LL + st.st_ctim.tv_nsec;
	f->inode = st.st_ino;
	return true;
}

bool
same_facts(const struct facts *a, const struct facts *b)
{
	return a->size == b->size && a->mtime == b->mtime &&
	       a->ctime == b->ctime && a->inode == b->inode;
}

static bool
read_one(struct arena *a, struct source_file *f, struct err *err)
{
	struct buf text = { 0 };
	struct hash h;

	if (!facts_of(&f->facts, f->path))
		return err_fail(err,
		    "%s cannot be read: %s; does the link lead to what is not "
		    "here?",
		    f->path, strerror(errno));
	if (!file_read(&text, f->path, err)) {
		buf_release(&text);
		return false;
	}
	hash_init(&h);
	hash_add(&h, buf_str(&text), text.len);
	hash_hex(&h, f->hash);
	f->text = arena_strndup(a, buf_str(&text), text.len);
	f->size = text.len;
	buf_release(&text);
	return true;
}

bool
sources_read(struct arena *a, struct source_files *out,
    const struct names *paths, struct err *err)
{
	vec_reserve(a, out, paths->n);
	for (size_t i = 0; i < paths->n; i++) {
		struct source_file f = { .path = paths->v[i] };

		if (!read_one(a, &f, err))
			return false;
		vec_push(a, out, f);
	}
	return true;
}

static struct source_file *
find(struct source_files *files, const char *path)
{
	for (size_t i = 0; i < files->n; i++)
		if (!strcmp(shown_path(files->v[i].path), shown_path(path)))
			return &files->v[i];
	return NULL;
}

const struct scan *
sources_scan(struct arena *a, struct source_files *files, const char *path)
{
	struct source_file *f = path ? find(files, path) : NULL;
	struct source_file new = { .path = path };
	struct err ignored = { 0 };

	if (!path)
		return NULL;
	if (!f && read_one(a, &new, &ignored)) {
		vec_push(a, files, new);
		f = &files->v[files->n - 1];
	}
	err_release(&ignored);
	if (!f)
		return NULL;
	if (!f->scan) {
		f->scan = arena_new(a, struct scan);
		scan_text(a, f->scan, f->text);
	}
	return f->scan;
}
