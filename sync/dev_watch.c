/* dev_watch - what takes part in the collections, and whether it was saved
 *
 * A descriptor says that something moved; stamps say what. So an event too many
 * costs a few stats, and what is saved during a look is seen after it.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "sync/dev_state.h"
#include "sync/watch.h"

/* Notes the files that take part but stand elsewhere, and their folders; says
 * whether there is a new one. What once took part may again. */
static bool
learn(struct dev *d, struct names *to, const char *path)
{
	char *kept;

	if (map_get(&d->known, path))
		return false;
	kept = arena_strdup(&d->arena, path);
	map_put(&d->arena, &d->known, kept, kept);
	vec_push(&d->arena, to, kept);
	return true;
}

/* Where it really is, past all links; "" where it is not. */
static const char *
real(struct arena *a, const char *path)
{
	char at[PATH_MAX];

	return realpath(path, at) ? arena_strdup(a, at) : "";
}

static bool
is_below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return n && !strncmp(path, dir, n) && path[n] == '/';
}

/* A link in the folder leads elsewhere, too. */
static bool
learn_others(struct dev *d)
{
	struct arena a = { 0 };
	struct names files = { 0 };
	struct err ignored = { 0 };
	const char *dir = real(&a, d->project.dsl.dir);
	bool new = false;

	dsl_files(&a, &d->project.dsl, &files, &ignored);
	err_release(&ignored);
	for (size_t i = 0; i < files.n; i++) {
		const char *at = real(&a, files.v[i]);
		const char *slash = strrchr(at, '/');

		if (!*at || is_below(at, dir))
			continue;
		learn(d, &d->others, files.v[i]);
		if (slash > at)
			new |= learn(d, &d->folders,
			    arena_strndup(&a, at, (size_t)(slash - at)));
	}
	arena_release(&a);
	return new;
}

void
dev_watch(struct dev *d)
{
	const char *dir = d->project.dsl.dir;
	const struct names trees = { &dir, 1, 1 };
	struct err err = { 0 };

	learn_others(d);
	d->polling =
	    d->options->poll || !watch_start(&trees, &d->folders, &err);
	if (err.kind) {
		err_add(&err, "looking for changes every second instead");
		d->ui->error(&err, 0);
	}
	err_release(&err);
}

void
dev_watch_others(struct dev *d)
{
	if (!learn_others(d) || d->polling)
		return;
	watch_stop();
	dev_watch(d);
	d->deadline = clock_ms() + d->debounce_ms;
}

bool
dev_sources_moved(struct dev *d)
{
	char now[HASH_HEX];

	dsl_stamp(&d->project.dsl, &d->others, now);
	if (!strcmp(now, d->stamp))
		return false;
	memcpy(d->stamp, now, HASH_HEX);
	return !*d->seen || !dsl_key(&d->project.dsl, now) ||
	       strcmp(now, d->seen) != 0;
}
