/* dev_answer - keys: what is confirmed, skipped, or taken back */
#include <unistd.h>

#include "sync/dev_state.h"

/* More rows than the question said: that was not agreed to. */
static bool
loses_more(const struct sync *shown, const struct sync *now)
{
	if (shown->steps.n != now->steps.n)
		return true;
	for (size_t i = 0; i < now->steps.n; i++) {
		const struct findings *was = &shown->steps.v[i].findings;
		const struct findings *is = &now->steps.v[i].findings;

		if (was->n != is->n)
			return true;
		for (size_t k = 0; k < is->n; k++)
			if (is->v[k].rows > was->v[k].rows)
				return true;
	}
	return false;
}

/* Yes: the plan is made anew and runs only if it is what was shown. */
static void
apply_confirmed(struct dev *d)
{
	struct sync_options o;
	struct arena a = { 0 };
	struct err err = { 0 };
	struct sync s = { 0 };
	long begin = clock_ms();
	bool moved = false;

	dev_run_options(d, &o);
	o.confirmed = d->question_hash;
	sync_init(&s, &a, &d->project, &o);
	if (!sync_plan(&s, &err)) {
		d->ui->error(&err, 0);
	} else if (s.refused || loses_more(&d->question, &s)) {
		moved = true;
	} else if (sync_is_done(&s) || sync_apply(&s, &moved, &err)) {
		sync_write_shadow(&s, &err);
		d->last_run = s.run ? s.run : d->last_run;
		d->ui->applied(&s, clock_ms() - begin);
		sync_release(&s);
		dev_run_command(d, s.steps.n > 0);
	} else if (!moved && !(moved = sync_has_moved(&s))) {
		dev_say_error(d, &err, err.kind == ERR_BUSY);
	}
	sync_release(&s);
	err_release(&err);
	arena_release(&a);
	dev_note_database(d, false);
	dev_drop_question(d);
	if (moved) {
		d->ui->withdrawn();
		dev_look(d, false);
	}
}

/* Takes back the last change that this session made; what went before is in
 * the history. It is not made again until the files say something new. */
static void
undo_last(struct dev *d)
{
	struct undo_options o = { .id = d->last_run };
	struct arena a = { 0 };
	struct err err = { 0 };
	struct undo u = { 0 };

	dev_run_options(d, &o.sync);
	if (!d->last_run) {
		err_fail(&err, "this session has changed nothing that could be "
			       "taken back; see deesse history");
		d->ui->error(&err, 0);
	} else if (!undo_run(&u, &a, &d->project, &o, &err)) {
		d->ui->error(&err, 0);
	} else {
		d->ui->undone(&u);
		d->last_run = u.refused ? d->last_run : 0;
	}
	undo_release(&u);
	dev_note_database(d, false);
	err_release(&err);
	arena_release(&a);
}

static void
answer(struct dev *d, enum dev_answer answer)
{
	if (answer == ANSWER_YES) {
		d->ui->answered(answer);
		apply_confirmed(d);
		return;
	}
	if (answer == ANSWER_SKIP)
		dev_skip(d);
	dev_drop_question(d);
	/* what is typed as soon as this can be read is the command's */
	dev_share_keys(d);
	d->ui->answered(answer);
}

void
dev_read_key(struct dev *d)
{
	enum dev_answer said;
	char c;
	ssize_t n = read(d->ui->input, &c, 1);

	if (n <= 0)
		return;
	if (d->asking_drift) {
		said = d->ui->key_drift(c);
		if (said == ANSWER_NONE)
			return;
		dev_answer_drift(d, said);
		d->answering = said != ANSWER_REVERT;
		dev_look(d, false);
		d->answering = false;
	} else {
		said = d->ui->key(d->asking ? &d->question : NULL, c);
		if (said == ANSWER_UNDO)
			undo_last(d);
		else if (d->asking && said != ANSWER_NONE)
			answer(d, said);
		else
			return;
	}
	dev_share_keys(d);
}
