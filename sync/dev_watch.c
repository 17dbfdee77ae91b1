/* dev_watch - what takes part in the collections, and whether it was saved
 *
 * A descriptor says that something moved; stamps say what. So an event too many
 * costs a few stats, and what is saved during a look is seen after it.
 */
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

static bool
learn_others(struct dev *d)
{
	struct arena a = { 0 };
	struct names files = { 0 };
	struct err ignored = { 0 };
	size_t n = strlen(d->project.dsl.dir);
	bool new = false;

	dsl_files(&a, &d->project.dsl, &files, &ignored);
	err_release(&ignored);
	for (size_t i = 0; i < files.n; i++) {
		const char *file = files.v[i], *slash = strrchr(file, '/');

		if (!strncmp(file, d->project.dsl.dir, n) && file[n] == '/' &&
		    !strstr(file + n, "/../"))
			continue;
		if (!learn(d, &d->others, file) || slash == file)
			continue;
		new |= learn(d, &d->folders,
		    slash ? arena_strndup(&a, file, (size_t)(slash - file))
			  : ".");
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
	d->deadline = dev_now() + d->debounce_ms;
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
