/* dev_drift - something else changed the database: is it to stay?
 *
 * What is there beyond the collections is left alone by any run; what they say
 * and is no longer there would come again with the next one. So that is held
 * back until somebody says what is right, the database or the collections.
 */
#include <string.h>

#include "sync/change_key.h"
#include "sync/dev_state.h"

static bool
is_drift(const struct sync *s)
{
	const char *left = s->state.fingerprint;

	return s->state.known && left && *left && strcmp(left, s->fingerprint);
}

/* Of a table that came, its parts are not named. */
static bool
is_part(const struct names *added, const char *key)
{
	const char *name = strchr(key, ' ') + 1;

	for (size_t i = 0; i < added->n; i++) {
		const char *table = added->v[i];
		size_t n = strlen(table + strcspn(table, " "));

		if (!strncmp(table, "table ", 6) && strncmp(key, "table ", 6) &&
		    !strncmp(name, table + 6, n - 1) && name[n - 1] == '.')
			return true;
	}
	return false;
}

static bool
among(const char *s, const struct names *list)
{
	return change_among(s, list);
}

static void
find_added(struct dev *d, const struct sync *s)
{
	for (size_t i = 0; i < s->kept.n; i++) {
		const char *key = s->kept.v[i];

		if (!s->state.knows_strays || among(key, &s->state.strays) ||
		    among(key, &d->drift.keys) || among(key, &d->known_strays))
			continue;
		key = arena_strdup(&d->arena, key);
		vec_push(&d->arena, &d->drift.keys, key);
		if (!is_part(&d->drift.added, key))
			vec_push(&d->arena, &d->drift.added, key);
	}
}

/* Did the collections say the same when they and the database were last in
 * step? Then all that is to do is to take back what somebody did. */
static bool
collections_are_the_same(const struct dev *d, const struct sync *s)
{
	const char *then = d->key[0] ? d->key : s->state.source_key;

	return then && *then && !strcmp(then, s->source_key);
}

static void
find_back(struct dev *d, const struct sync *s)
{
	const struct changes *all = &s->plan->diff->changes;
	struct arena *a = &d->arena;

	for (size_t i = 0; i < all->n; i++) {
		const struct change *c = all->v[i];
		const char *key = change_key(a, s->plan->dialect, c);
		struct drift_back b = { .line = c->source.line };

		if (among(key, &d->refused) || among(key, &d->held))
			continue;
		b.what = change_text(a, c);
		b.file = arena_strdup(a, c->source.file);
		vec_push(a, &d->held, key);
		vec_push(a, &d->drift.back, b);
	}
}

bool
dev_find_drift(struct dev *d, const struct sync *s)
{
	size_t before = d->held.n;

	if (!is_drift(s) || !strcmp(d->drift_seen, s->fingerprint))
		return false;
	memcpy(d->drift_seen, s->fingerprint, HASH_HEX);
	if (!d->drift.open)
		d->drift = (struct drift){ 0 };
	find_added(d, s);
	if (d->ui->input >= 0 && collections_are_the_same(d, s))
		find_back(d, s);
	d->ui->drift(&d->drift);
	d->drift.open =
	    d->ui->input >= 0 && (d->drift.added.n || d->drift.back.n);
	return d->held.n > before;
}

void
dev_ask_drift(struct dev *d)
{
	d->asking_drift = true;
	dev_share_keys(d);
	d->ui->ask_drift(&d->drift);
}

/* Shows what the database would be in the words of the collections. */
static void
adopt(struct dev *d)
{
	struct sync_options o;
	struct arena a = { 0 };
	struct sync s = { 0 };
	struct err err = { 0 };

	dev_sync_options(d->options, &o);
	o.read_only = o.whole = true;
	sync_init(&s, &a, &d->project, &o);
	if (sync_plan(&s, &err))
		d->ui->adopt(&s, &d->drift);
	else
		d->ui->error(&err, 0);
	sync_release(&s);
	arena_release(&a);
	err_release(&err);
}

void
dev_answer_drift(struct dev *d, enum dev_answer answer)
{
	d->asking_drift = d->drift.open = false;
	d->ui->answered(answer);
	if (answer == ANSWER_ADOPT)
		adopt(d);
	if (answer == ANSWER_REVERT) {
		d->own = d->drift.keys;
		d->held.n = 0;
	} else {
		for (size_t i = 0; i < d->drift.keys.n; i++)
			vec_push(
			    &d->arena, &d->known_strays, d->drift.keys.v[i]);
	}
	d->drift = (struct drift){ 0 };
}
