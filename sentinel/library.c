/* library - the sentinel for other programs
 *
 * One statement is read ahead, because some findings can only be made on the
 * last one.
 */
#include "sentinel/deesse/sentinel.h"

#include <stdlib.h>

#include "sentinel/sentinel.h"
#include "sentinel/shape.h"

struct read {
	struct arena arena;
	struct statement statement;
	struct shape *shape; /* NULL at the end */
};

struct deesse_sentinel {
	enum dialect dialect;
	unsigned options;
	bool reading;
	struct splitter splitter;
	struct arena context; /* of ctx */
	struct sentinel_context ctx;
	struct read now, ahead;
};

static const enum dialect dialects[] = {
	[DEESSE_SQLITE] = DIALECT_SQLITE,
	[DEESSE_POSTGRES] = DIALECT_POSTGRES,
};

static void
read_ahead(deesse_sentinel *s)
{
	s->ahead = (struct read){ 0 };
	s->ahead.shape =
	    shape_next(&s->ahead.arena, &s->splitter, &s->ahead.statement);
}

static void
forget(deesse_sentinel *s)
{
	if (s->reading)
		split_release(&s->splitter);
	arena_release(&s->context);
	arena_release(&s->now.arena);
	arena_release(&s->ahead.arena);
	s->reading = false;
}

deesse_sentinel *
deesse_sentinel_open(enum deesse_dialect dialect, unsigned options)
{
	deesse_sentinel *s = xmalloc(sizeof(*s));

	*s = (deesse_sentinel){ .dialect = dialects[dialect],
		.options = options };
	return s;
}

void
deesse_sentinel_read(deesse_sentinel *s, const char *sql, size_t len)
{
	forget(s);
	s->ctx = (struct sentinel_context){
		.arena = &s->context,
		.style = s->options & DEESSE_STYLE,
		.file = !(s->options & DEESSE_ALONE),
		.wrapped = s->options & DEESSE_WRAPPED,
	};
	split_init(&s->splitter, s->dialect, sql, len);
	s->reading = true;
	read_ahead(s);
}

static struct deesse_finding
public_finding(const struct finding *f, const struct statement *st)
{
	return (struct deesse_finding){
		.rule = f->rule,
		.kind = class_name(f->class),
		.message = f->message,
		.hint = f->hint,
		.object = f->object,
		.destructive = f->destructive,
		.offset = f->offset,
		/* what is said of the text as a whole has no words */
		.length = f->length ? f->length : st->len,
	};
}

static void
judge(deesse_sentinel *s, struct findings *found)
{
	struct read *now = &s->now;
	struct sentinel_context alone = { .style = s->ctx.style };
	bool by_itself = s->options & DEESSE_ALONE;

	sentinel_judge_shape(&now->arena, by_itself ? &alone : &s->ctx,
	    &now->statement, now->shape, found);
	if (!s->ahead.shape && !by_itself)
		sentinel_finish(&now->arena, &s->ctx, s->dialect, found);
}

bool
deesse_sentinel_next(deesse_sentinel *s, struct deesse_statement *st)
{
	struct findings found = { 0 };
	struct deesse_finding *list;

	if (!s->reading || !s->ahead.shape)
		return false;
	arena_release(&s->now.arena);
	s->now = s->ahead;
	read_ahead(s);
	judge(s, &found);
	list = arena_array(&s->now.arena, struct deesse_finding, found.n + 1);
	for (size_t i = 0; i < found.n; i++)
		list[i] = public_finding(&found.v[i], &s->now.statement);
	*st = (struct deesse_statement){
		.sql = s->now.statement.text,
		.length = s->now.statement.len,
		.offset = s->now.statement.offset,
		.line = s->now.statement.line,
		.column = s->now.statement.column,
		.destructive = findings_verdict(&found) == VERDICT_DESTRUCTIVE,
		.findings = list,
		.n_findings = found.n,
	};
	return true;
}

void
deesse_sentinel_close(deesse_sentinel *s)
{
	if (!s)
		return;
	forget(s);
	free(s);
}

bool
deesse_sentinel_safe(enum deesse_dialect dialect, const char *sql, size_t len)
{
	deesse_sentinel *s = deesse_sentinel_open(dialect, 0);
	struct deesse_statement st;
	bool safe = true;

	deesse_sentinel_read(s, sql, len);
	while (safe && deesse_sentinel_next(s, &st))
		safe = !st.destructive;
	deesse_sentinel_close(s);
	return safe;
}
