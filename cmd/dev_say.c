/* dev_say - the story of `deesse dev`: a line an event, or a JSON object */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "cmd/cmd.h"
#include "cmd/dev.h"
#include "cmd/report.h"
#include "sync/trash.h"

const struct project *dev_one_of;
bool dev_asks;
struct arena dev_arena;

/* One line of the story: the time, then what happened. */
void
dev_stamp(void)
{
	char text[16];
	struct tm tm;
	time_t t = time(NULL);

	arena_release(&dev_arena);
	localtime_r(&t, &tm);
	strftime(text, sizeof(text), "%H:%M:%S", &tm);
	printf("%s%s%s  ", paint(stdout, PAINT_DIM), text,
	    paint(stdout, PAINT_NONE));
	if (dev_one_of)
		printf("%s: ", text_cleaned(&dev_arena, dev_one_of->dsl.dir));
}

void
dev_event(const char *event, json_t *o)
{
	char at[32];
	struct tm tm;
	time_t t = time(NULL);

	gmtime_r(&t, &tm);
	strftime(at, sizeof(at), "%Y-%m-%dT%H:%M:%SZ", &tm);
	json_object_set_new(o, "at", json_text(at));
	if (dev_one_of && !json_object_get(o, "database"))
		json_object_set_new(
		    o, "database", json_text(dev_one_of->url.shown));
	json_object_set_new(o, "event", json_text(event));
	print_json(o, false);
	fflush(stdout);
}

static void
begin(const struct project *p)
{
	if (wants_json()) {
		json_t *o = json_object();

		json_object_set_new(o, "database", json_text(p->url.shown));
		json_object_set_new(o, "collections", json_text(p->dsl.dir));
		dev_event("watching", o);
		return;
	}
	dev_stamp();
	printf("watching %s for %s\n", text_cleaned(&dev_arena, p->dsl.dir),
	    text_cleaned(&dev_arena, p->url.shown));
	fflush(stdout);
}

static void
error(const struct err *err, long retry_ms)
{
	if (wants_json()) {
		json_t *o = json_object();

		json_object_set_new(o, "message", json_text(err->text));
		if (retry_ms)
			json_object_set_new(
			    o, "retry_ms", json_integer(retry_ms));
		dev_event("error", o);
		return;
	}
	dev_stamp();
	printf("%snothing was changed:%s\n", paint(stdout, PAINT_RED),
	    paint(stdout, PAINT_NONE));
	put_clean(stdout, err->text);
	printf("\n");
	if (retry_ms && err->kind == ERR_BUSY)
		printf("trying again until it is free, the first time in "
		       "%ld s\n",
		    (retry_ms + 999) / 1000);
	else if (retry_ms)
		printf("looking for the database again and again, the first "
		       "time in %ld s\n",
		    (retry_ms + 999) / 1000);
	fflush(stdout);
}

static void
back(void)
{
	if (wants_json()) {
		dev_event("back", json_object());
		return;
	}
	dev_stamp();
	printf("the database is there again\n");
	fflush(stdout);
}

static void
gone(void)
{
	if (wants_json()) {
		dev_event("gone", json_object());
		return;
	}
	dev_close_line();
	dev_stamp();
	printf("%sthe database's file is gone%s; the next save makes it anew\n",
	    paint(stdout, PAINT_YELLOW), paint(stdout, PAINT_NONE));
	fflush(stdout);
}

/* Where what went now is, and how it comes back. */
static void
say_kept(const struct sync *s)
{
	if (s->kept_entries)
		printf("  what went is in the trash (%s); u, or deesse undo, "
		       "brings it back\n",
		    trash_size(&dev_arena, s->kept_bytes));
	else if (s->lost)
		printf("  no copy was kept of what went (%s); deesse undo "
		       "cannot bring it back\n",
		    text_cleaned(&dev_arena, s->lost));
}

static void
applied(const struct sync *s, long ms)
{
	json_t *o;

	if (wants_json()) {
		o = s->steps.n ? report_applied_json(s) : report_json(s, false);
		if (s->steps.n)
			json_object_set_new(o, "ms", json_integer(ms));
		dev_event(s->steps.n ? "applied" : "in-step", o);
		return;
	}
	dev_stamp();
	if (s->steps.n)
		printf("%sapplied %s%s in %ld ms\n", paint(stdout, PAINT_GREEN),
		    count_text(&dev_arena, s->steps.n, "change", "changes"),
		    paint(stdout, PAINT_NONE), ms);
	else
		printf("in step\n");
	report_steps(stdout, s, common.verbose > 0);
	say_kept(s);
	fflush(stdout);
}

static void
skipped(const struct sync *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->steps.n; i++)
		n += s->steps.v[i].refused;
	dev_stamp();
	printf("left as it is: %s skipped before (deesse status shows %s)\n",
	    count_text(
		&dev_arena, n ? n : s->unresolved.n, "change", "changes"),
	    n + s->unresolved.n == 1 ? "it" : "them");
	fflush(stdout);
}

static void
elsewhere(const struct sync *s)
{
	if (wants_json()) {
		dev_event("moved", report_json(s, false));
		return;
	}
	dev_stamp();
	printf("the database was changed elsewhere; the next save makes it as "
	       "the collections say:\n");
	report_steps(stdout, s, false);
	fflush(stdout);
}

static json_t *
drift_json(const struct drift *x)
{
	json_t *o = json_object(), *back = json_array();

	for (size_t i = 0; i < x->back.n; i++)
		json_array_append_new(back, json_text(x->back.v[i].what));
	json_object_set_new(o, "added", names_json(&x->added));
	json_object_set_new(o, "back", back);
	return o;
}

static void
drift(const struct drift *x)
{
	if (wants_json()) {
		dev_event("drift", drift_json(x));
		return;
	}
	dev_stamp();
	printf("%ssomething else changed the database%s%s\n",
	    paint(stdout, PAINT_YELLOW), paint(stdout, PAINT_NONE),
	    x->added.n || x->back.n ? ":"
				    : " (deesse status shows how it stands)");
	for (size_t i = 0; !dev_asks && i < x->added.n; i++)
		printf("  %s: no collection says it, it is left alone\n",
		    text_cleaned(&dev_arena, x->added.v[i]));
	fflush(stdout);
}

static void
pending(const struct sync *s)
{
	if (wants_json()) {
		dev_event("pending", report_json(s, false));
		return;
	}
	dev_stamp();
	printf("%sleft alone, for it needs a decision%s (no terminal to ask; "
	       "see deesse push)\n",
	    paint(stdout, PAINT_YELLOW), paint(stdout, PAINT_NONE));
	report_steps(stdout, s, false);
	report_unresolved(stdout, s);
	fflush(stdout);
}

static void
answered(enum dev_answer answer)
{
	static const char *const words[] = {
		[ANSWER_YES] = "yes: applying it",
		[ANSWER_NO] = "kept: the data stays as it is",
		[ANSWER_SKIP] = "skipped: it stays, and is not asked again",
		[ANSWER_ADOPT] = "adopt: the collections would have to say",
		[ANSWER_REVERT] = "revert: back to what the collections say",
		[ANSWER_IGNORE] = "ignored: it stays as it is, in this session",
	};

	dev_close_line();
	dev_stamp();
	printf("%s\n", words[answer]);
	fflush(stdout);
}

static void
withdrawn(void)
{
	dev_close_line();
	dev_stamp();
	printf("withdrawn: something changed, looking again\n");
	fflush(stdout);
}

static void
undone(const struct undo *u)
{
	dev_stamp();
	if (u->refused) {
		printf("%snothing was taken back: what came since would be "
		       "lost%s\n",
		    paint(stdout, PAINT_YELLOW), paint(stdout, PAINT_NONE));
		report_steps(stdout, &u->sync, false);
	} else {
		printf("%stook back run %lld%s; the collections still say it, "
		       "and the next save makes it again\n",
		    paint(stdout, PAINT_GREEN), (long long)u->options.id,
		    paint(stdout, PAINT_NONE));
	}
	fflush(stdout);
}

static void
started(char *const *argv, bool again)
{
	if (wants_json()) {
		json_t *o = json_object();

		json_object_set_new(o, "command", json_text(argv[0]));
		dev_event(again ? "restarted" : "started", o);
		return;
	}
	dev_stamp();
	printf("%s %s\n", again ? "starting anew:" : "starting",
	    text_cleaned(&dev_arena, argv[0]));
	fflush(stdout);
}

static void
ended(char *const *argv, int status)
{
	if (wants_json()) {
		json_t *o = json_object();

		json_object_set_new(o, "command", json_text(argv[0]));
		json_object_set_new(o, "status", json_integer(status));
		dev_event("ended", o);
		return;
	}
	dev_stamp();
	printf("%s ended with %d\n", text_cleaned(&dev_arena, argv[0]), status);
	fflush(stdout);
}

void
dev_say_ui(struct dev_ui *ui)
{
	ui->begin = begin;
	ui->error = error;
	ui->back = back;
	ui->gone = gone;
	ui->applied = applied;
	ui->pending = pending;
	ui->skipped = skipped;
	ui->elsewhere = elsewhere;
	ui->drift = drift;
	ui->answered = answered;
	ui->withdrawn = withdrawn;
	ui->undone = undone;
	ui->started = started;
	ui->ended = ended;
}
