/* unit - sources into objects */
#include "dsl/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "dsl/explain.h"

VEC(file_list, const struct source_file *);

/* Mostly there is one object, and it is large: it is not copied. */
static void
add_object(struct unit *u, struct buf *bytes)
{
	struct cache_object o = { .size = bytes->len };
	struct hash h;

	hash_init(&h);
	hash_add(&h, buf_str(bytes), bytes->len);
	hash_hex(&h, o.hash);
	vec_push(u->arena, &u->sizes, o);
	if (u->objects.len) {
		buf_add(&u->objects, buf_str(bytes), bytes->len);
		return;
	}
	buf_release(&u->objects);
	u->objects = *bytes;
	*bytes = (struct buf){ 0 };
}

static bool
take_outputs(
    struct unit *u, const char *object, const char *depends, struct err *err)
{
	struct buf bytes = { 0 }, text = { 0 };
	struct err ignored = { 0 };
	bool ok = file_read(&bytes, object, err);

	if (ok)
		add_object(u, &bytes);
	/* a compiler that knows no -MMD only makes the cache blind */
	if (ok && file_read(&text, depends, &ignored))
		cc_depends(u->arena, &u->depends, buf_str(&text));
	err_release(&ignored);
	buf_release(&bytes);
	buf_release(&text);
	return ok;
}

/* Compiles the files as one. *said is what was wrong with them. */
static bool
compile(struct unit *u, const struct source_file *const *files, size_t n,
    struct complaints *said, bool *failed, struct err *err)
{
	struct cc_run run = { .files = files, .n = n };
	char *object = arena_fmt(u->arena, "%s/tmp-XXXXXX", u->dir);
	int fd = mkstemp(object);
	bool ok;

	if (fd < 0)
		return err_fail(err, "cannot write into %s", u->dir);
	close(fd);
	run.object = object;
	run.depends = arena_fmt(u->arena, "%s.d", object);
	ok = cc_compile(u->arena, u->cc, &run, err);
	if (ok) {
		complaints_parse(u->arena, said, buf_str(&run.messages));
		*failed = run.failed || said->n;
		if (run.failed && !said->n)
			ok = err_fail(err, "%s failed:\n%s", u->cc->path,
			    buf_str(&run.messages));
	}
	if (ok && u->verbose)
		buf_puts(u->verbose, buf_str(&run.messages));
	ok = ok && (*failed || take_outputs(u, object, run.depends, err));
	buf_release(&run.messages);
	unlink(object);
	unlink(run.depends);
	return ok;
}

static bool
named_in(const struct complaints *said, const char *path)
{
	for (size_t i = 0; i < said->n; i++) {
		const struct complaint *c = &said->v[i];

		if (c->file && !strcmp(shown_path(c->file), shown_path(path)))
			return true;
		for (size_t k = 0; k < c->from.n; k++)
			if (!strcmp(shown_path(c->from.v[k]), shown_path(path)))
				return true;
	}
	return false;
}

static bool
compile_alone(struct unit *u, const struct source_file *f, struct err *err)
{
	struct complaints said = { 0 };
	bool failed = false;

	if (!compile(u, &f, 1, &said, &failed, err))
		return false;
	if (failed)
		explain(u->report, f->path,
		    sources_scan(u->arena, u->sources, f->path), &said);
	return true;
}

/* Compiles alone those that are named, and those before them: a semicolon that
 * is missing at the end of a file is noticed in the next one. The others stay
 * in *files. */
static bool
compile_suspects(struct unit *u, struct file_list *files,
    const struct complaints *said, struct err *err)
{
	bool *suspect = arena_array(u->arena, bool, files->n + 1);
	size_t kept = 0;
	bool any = false;

	for (size_t i = 0; i < files->n; i++) {
		if (!named_in(said, files->v[i]->path))
			continue;
		any = suspect[i] = true;
		if (i)
			suspect[i - 1] = true;
	}
	for (size_t i = 0; i < files->n; i++) {
		if (any && !suspect[i])
			files->v[kept++] = files->v[i];
		else if (!compile_alone(u, files->v[i], err))
			return false;
	}
	files->n = kept;
	return true;
}

bool
unit_compile(struct unit *u, struct err *err)
{
	struct file_list files = { 0 };

	/* room, so that scans read later move nothing that files point to */
	for (size_t i = 0; i < u->sources->n; i++)
		if (text_ends(u->sources->v[i].path, ".c"))
			vec_push(u->arena, &files, &u->sources->v[i]);
	while (files.n) {
		struct complaints said = { 0 };
		bool failed = u->alone;

		if (!u->alone &&
		    !compile(u, files.v, files.n, &said, &failed, err))
			return false;
		if (!failed)
			return true;
		if (!compile_suspects(u, &files, &said, err))
			return false;
	}
	return true;
}
