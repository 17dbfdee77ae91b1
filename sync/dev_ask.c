/* dev_ask - the question of the watcher
 *
 * It is planned without a lock and without an open file, for a person thinks
 * as long as they like.
 */
#include "sync/dev_state.h"

#include "sync/judge.h"

bool
dev_keys_are_ours(const struct dev *d)
{
	return d->asking || !d->child.pid;
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
	d->asking = false;
}

/* What is refused after the safe half went in: a question, if one can ask. */
static bool
find_question(struct dev *d, struct err *err)
{
	struct sync_options o;

	dev_sync_options(d->options, &o);
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

/* Was all that is refused here skipped before? What else changes meanwhile
 * does not bring it back. */
static bool
is_skipped(const struct dev *d)
{
	const struct judgements *steps = &d->question.steps;

	for (size_t i = 0; i < steps->n; i++)
		if (steps->v[i].refused &&
		    !map_get(&d->skipped, steps->v[i].sql))
			return false;
	return true;
}

void
dev_skip(struct dev *d)
{
	const struct judgements *steps = &d->question.steps;

	for (size_t i = 0; i < steps->n; i++) {
		char *sql = arena_strdup(&d->arena, steps->v[i].sql);

		if (steps->v[i].refused)
			map_put(&d->arena, &d->skipped, sql, sql);
	}
}

void
dev_ask(struct dev *d, struct err *err)
{
	if (!find_question(d, err)) {
		dev_drop_question(d);
		return;
	}
	if (!d->question.refused || is_skipped(d)) {
		dev_drop_question(d);
	} else if (d->ui->input < 0) {
		d->ui->pending(&d->question);
		dev_drop_question(d);
	} else {
		dev_share_keys(d);
		d->ui->ask(&d->question);
	}
}
