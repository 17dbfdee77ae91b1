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

/* Starting a compiler takes about as long as it takes to compile so much. */
#define BATCH_BYTES ((size_t)16 << 10)
#define BATCHES_MAX 4

/* One run of the compiler. */
struct batch {
	struct file_list files;
	struct cc_run *run;
	bool alone;             /* a file by itself, to be told what is wrong */
	struct complaints said; /* what is wrong */
	bool failed;
};

static struct cc_run *
open_run(struct unit *u, bool explains, struct err *err)
{
	char *object = arena_fmt(u->arena, "%s/tmp-XXXXXX", u->dir);
	struct cc_run *run = arena_new(u->arena, struct cc_run);
	int fd = mkstemp(object);

	if (fd < 0) {
		err_fail(err, "cannot write into %s", u->dir);
		return NULL;
	}
	close(fd);
	run->object = object;
	run->depends = arena_fmt(u->arena, "%s.d", object);
	run->explains = explains;
	if (cc_start(u->arena, u->cc, run, err))
		return run;
	unlink(object);
	return NULL;
}

/* Forgets what was started and is not wanted. */
static void
drop_run(struct cc_run *run)
{
	struct err ignored = { 0 };

	cc_finish(run, &ignored);
	err_release(&ignored);
	unlink(run->object);
	unlink(run->depends);
	buf_release(&run->messages);
}

bool
unit_begin(struct unit *u, struct err *err)
{
	u->early = open_run(u, false, err);
	return u->early;
}

static bool
start(struct unit *u, struct batch *p, struct err *err)
{
	if (!p->alone && u->early) {
		p->run = u->early;
		u->early = NULL;
	} else {
		p->run = open_run(u, p->alone, err);
	}
	if (!p->run)
		return false;
	if (cc_feed(u->arena, p->run, p->files.v, p->files.n, err))
		return true;
	drop_run(p->run);
	return false;
}

static void
take_outputs(struct unit *u, const struct cc_run *run)
{
	struct cache_object o = { .path = run->object };
	struct err ignored = { 0 };
	struct buf text = { 0 };

	vec_push(u->arena, &u->objects, o);
	/* a compiler that knows no -MMD only makes the cache blind */
	if (file_read(&text, run->depends, &ignored))
		cc_depends(u->arena, &u->depends, buf_str(&text));
	err_release(&ignored);
	buf_release(&text);
}

static bool
finish(struct unit *u, struct batch *p, struct err *err)
{
	struct cc_run *run = p->run;
	bool ok = cc_finish(run, err);

	p->said = (struct complaints){ 0 };
	if (ok) {
		complaints_parse(u->arena, &p->said, buf_str(&run->messages));
		p->failed = run->failed || p->said.n;
		if (run->failed && !p->said.n)
			ok = err_fail(err, "%s failed:\n%s", u->cc->path,
			    buf_str(&run->messages));
	}
	if (ok && u->verbose)
		buf_puts(u->verbose, buf_str(&run->messages));
	if (ok && !p->failed)
		take_outputs(u, run);
	else
		unlink(run->object);
	unlink(run->depends);
	buf_release(&run->messages);
	return ok;
}

static bool
compile(struct unit *u, struct batch *p, struct err *err)
{
	return start(u, p, err) && finish(u, p, err);
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
	struct batch p = { .alone = true };

	vec_push(u->arena, &p.files, f);
	if (!compile(u, &p, err))
		return false;
	if (p.failed)
		explain(u->report, f->path,
		    sources_scan(u->arena, u->sources, f->path), &p.said);
	return true;
}

/* Compiles alone those that are named, and those before them: a semicolon that
 * is missing at the end of a file is noticed in the next one. The others stay
 * in the batch. */
static bool
compile_suspects(struct unit *u, struct batch *p, struct err *err)
{
	struct file_list *files = &p->files;
	bool *suspect = arena_array(u->arena, bool, files->n + 1);
	size_t kept = 0;
	bool any = false;

	for (size_t i = 0; i < files->n; i++) {
		if (!named_in(&p->said, files->v[i]->path))
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

/* Compiles what failed until it does not, or nothing is left of it. */
static bool
sort_out(struct unit *u, struct batch *p, struct err *err)
{
	while (p->failed) {
		if (!compile_suspects(u, p, err))
			return false;
		p->failed = false;
		if (p->files.n && !compile(u, p, err))
			return false;
	}
	return true;
}

/* Deals the files out, in their order, by size. Returns how many batches. */
static size_t
deal(struct unit *u, struct batch batches[BATCHES_MAX])
{
	const struct source_files *all = u->sources;
	size_t total = 0, dealt = 0, n, k = 0;

	for (size_t i = 0; i < all->n; i++)
		if (text_ends(all->v[i].path, ".c"))
			total += all->v[i].size;
	n = total / BATCH_BYTES;
	n = n < 1 || u->alone ? 1 : n > BATCHES_MAX ? BATCHES_MAX : n;
	for (size_t i = 0; i < all->n; i++) {
		if (!text_ends(all->v[i].path, ".c"))
			continue;
		if (dealt * n >= total * (k + 1) && batches[k].files.n)
			k++;
		vec_push(u->arena, &batches[k].files, &all->v[i]);
		dealt += all->v[i].size;
	}
	return batches[0].files.n ? k + 1 : 0;
}

/* Runs the compiler on all batches at once. What was started is waited for,
 * even where another could not be. */
static bool
compile_batches(
    struct unit *u, struct batch *batches, size_t n, struct err *err)
{
	size_t started = 0;
	bool ok = true;

	while (ok && started < n) {
		ok = start(u, &batches[started], err);
		started += ok;
	}
	if (ok)
		u->meanwhile(u->context);
	for (size_t i = 0; i < started; i++) {
		struct err more = { 0 };

		ok = finish(u, &batches[i], ok ? err : &more) && ok;
		err_release(&more);
	}
	return ok;
}

bool
unit_compile(struct unit *u, struct err *err)
{
	struct batch batches[BATCHES_MAX] = { 0 };
	size_t n = deal(u, batches);

	if (u->alone) {
		u->meanwhile(u->context);
		batches[0].failed = n;
	} else if (!compile_batches(u, batches, n, err)) {
		return false;
	}
	for (size_t i = 0; i < n; i++)
		if (!sort_out(u, &batches[i], err))
			return false;
	return true;
}

void
unit_release(struct unit *u)
{
	if (u->early)
		drop_run(u->early);
	for (size_t i = 0; i < u->objects.n; i++)
		unlink(u->objects.v[i].path);
}
