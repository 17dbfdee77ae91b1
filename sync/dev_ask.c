/* dev_ask - the question of the watcher
 *
 * It is planned without a lock and without an open file, for a person thinks
 * as long as they like.
 */
#include "sync/dev_state.h"

#include "sync/change_key.h"
#include "sync/judge.h"

bool
dev_keys_are_ours(const struct dev *d)
{
	return d->asking || d->asking_drift || !d->child.pid;
}

void
dev_share_keys(struct dev *d)
{
	bool ours = dev_keys_are_ours(d);

	if (d->ui->input < 0)
		return;
	if (ours)
		child_behind(&d->child);
	d->ui->keys(ours);
	if (!ours)
		child_front(&d->child);
}

void
dev_drop_question(struct dev *d)
{
	if (d->asking)
		sync_release(&d->question);
	arena_release(&d->question_arena);
	d->asking = d->asking_drift = false;
}

/* What is refused after the safe half went in: a question, if one can ask. */
static bool
find_question(struct dev *d, struct err *err)
{
	struct sync_options o;

	dev_run_options(d, &o);
	o.read_only = true;
	sync_init(&d->question, &d->question_arena, &d->project, &o);
	d->asking = true;
	if (!sync_plan(&d->question, err))
		return false;
	/* the lock and the file are not held while a person thinks */
	sync_release(&d->question);
	sync_hash(&d->question, d->question_hash);
	return true;
}

static bool
is_blamed(const struct sync *s, const struct change *c)
{
	for (size_t i = 0; i < c->findings.n; i++)
		if (!finding_passes(&s->options, &c->findings.v[i]))
			return true;
	return false;
}

typedef void each_key(void *arg, const char *key);

/* What a step is refused for: the changes that are to blame, or all of them
 * where it is the step's text. */
static void
each_refused(const struct sync *s, each_key *f, void *arg)
{
	struct arena a = { 0 };

	for (size_t i = 0; i < s->steps.n; i++) {
		const struct changes *all = &s->steps.v[i].step->changes;
		bool some = false;

		for (size_t k = 0; k < all->n; k++)
			some |= is_blamed(s, all->v[k]);
		for (size_t k = 0; s->steps.v[i].refused && k < all->n; k++)
			if (!some || is_blamed(s, all->v[k]))
				f(arg, change_key(
					   &a, s->plan->dialect, all->v[k]));
	}
	/* another candidate is another question */
	for (size_t i = 0; i < s->unresolved.n; i++)
		for (size_t k = 0; k < s->unresolved.v[i].to.n; k++)
			f(arg, arena_fmt(&a, "%s\n%s", s->unresolved.v[i].from,
				   s->unresolved.v[i].to.v[k]));
	arena_release(&a);
}

struct asked {
	struct dev *d;
	struct names *list;
	bool new;
};

static void
look_for(void *arg, const char *key)
{
	struct asked *x = arg;

	x->new |= !change_among(key, x->list);
}

static void
add_key(void *arg, const char *key)
{
	struct asked *x = arg;

	if (!change_among(key, x->list))
		vec_push(
		    &x->d->arena, x->list, arena_strdup(&x->d->arena, key));
}

/* Was all that is refused here skipped before? What else changes meanwhile
 * does not bring it back. */
static bool
is_skipped(struct dev *d)
{
	struct asked x = { d, &d->skipped, false };

	each_refused(&d->question, look_for, &x);
	return !x.new;
}

void
dev_skip(struct dev *d)
{
	struct asked x = { d, &d->skipped, false };

	each_refused(&d->question, add_key, &x);
}

void
dev_note_refused(struct dev *d, const struct sync *s)
{
	struct asked x = { d, &d->refused, false };

	each_refused(s, add_key, &x);
}

void
dev_ask(struct dev *d, struct err *err)
{
	if (!find_question(d, err)) {
		dev_drop_question(d);
		return;
	}
	if (!d->question.refused) {
		dev_drop_question(d);
	} else if (is_skipped(d)) {
		d->ui->skipped(&d->question);
		dev_drop_question(d);
	} else if (d->ui->input < 0) {
		d->ui->pending(&d->question);
		dev_drop_question(d);
	} else {
		dev_share_keys(d);
		d->ui->ask(&d->question);
	}
}
