/* lower_elsewhere - a collection that another database of the tree has
 *
 * Nothing of the others is compiled: what stands in their files is a hint, and
 * only asked for where a name is unknown.
 */
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "dsl/dsl.h"
#include "dsl/lower.h"

static bool
is_own(const struct lowering *l, const char *path)
{
	const struct names *own = &l->build->cache.listed;

	for (size_t i = 0; i < own->n; i++)
		if (!strcmp(shown_path(own->v[i]), shown_path(path)))
			return true;
	return false;
}

static bool
declares(struct lowering *l, const char *path, const char *slug)
{
	const struct scan *s = sources_scan(l->arena, &l->build->sources, path);

	for (size_t i = 0; s && i < s->items.n; i++) {
		const struct c_item *item = &s->items.v[i];

		if (item->kind && item->kind->kind == DEESSE_KIND_COLLECTION &&
		    c_is(&s->tokens.v[item->open + 1], slug))
			return true;
	}
	return false;
}

const char *
collection_elsewhere(struct lowering *l, const char *slug)
{
	const struct dsl_options *o = l->build->options;
	const char *root = o->root ? o->root : o->dir;
	struct names files = { 0 }, below = { 0 };
	struct err ignored = { 0 };
	const char *found = NULL;

	/* of one database alone there is nothing elsewhere */
	if (dsl_databases(l->arena, root, &below, &ignored) && below.n)
		file_find(l->arena, &files, root, ".c", &ignored);
	for (size_t i = 0; i < files.n && !found; i++)
		if (!is_own(l, files.v[i]) && declares(l, files.v[i], slug))
			found = shown_path(files.v[i]);
	err_release(&ignored);
	return found;
}
