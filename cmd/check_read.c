/* check_read - files, statement by statement */
#include "cmd/check.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "sentinel/sentinel.h"

/* One file of it. */
struct reading {
	struct check_run *run;
	const char *path, *shown;
	int fd;
	struct migration migration;
	struct stream stream;
	struct arena arena; /* of what lasts as long as the file */
	struct sentinel_context ctx;
	struct allows fed; /* what is allowed of the data of a COPY */

	/* a statement that waits: it may be the last of its section */
	bool waits;
	struct checked held;
	struct buf held_text;
	struct arena held_arena;
};

static void
move_on(int *line, int *column, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		*column += ((unsigned char)text[i] & 0xc0) != 0x80;
		if (text[i] == '\n') {
			++*line;
			*column = 1;
		}
	}
}

struct check_place
check_place(const struct checked *c, const struct finding *f)
{
	const char *text = c->statement.text;
	struct check_place p = { .line = c->statement.line,
		.column = c->statement.column };

	move_on(&p.line, &p.column, text, f->offset);
	p.end_line = p.line;
	p.end_column = p.column;
	move_on(&p.end_line, &p.end_column, text + f->offset, f->length);
	return p;
}

/* ---- statements --------------------------------------------------------- */

static void
put(struct reading *r, struct checked *c)
{
	struct check_totals *t = &r->run->totals;

	c->verdict = findings_verdict(&c->findings);
	for (size_t i = 0; i < c->findings.n; i++)
		c->refused |= !check_passes(&c->findings.v[i]);
	t->statements++;
	t->destructive += c->verdict == VERDICT_DESTRUCTIVE;
	t->refused += c->refused;
	r->run->format->statement(r->run->out, c);
}

/* What can only be said at the end is said of the last statement. */
static void
let_go(struct reading *r, bool last)
{
	size_t first = r->held.findings.n;

	if (!r->waits)
		return;
	if (last)
		sentinel_finish(&r->held_arena, &r->ctx, r->stream.dialect,
		    &r->held.findings);
	for (size_t i = first; i < r->held.findings.n; i++) {
		r->held.findings.v[i].length = r->held.statement.len;
		vec_push(&r->held_arena, &r->held.reasons, NULL);
	}
	put(r, &r->held);
	arena_release(&r->held_arena);
	r->waits = false;
}

/* Takes the statement over from the arena that it was judged in. */
static void
hold(struct reading *r, const struct checked *c, struct arena *a)
{
	buf_cut(&r->held_text, 0);
	buf_add(&r->held_text, c->statement.text, c->statement.len);
	r->held = *c;
	r->held.statement.text = buf_str(&r->held_text);
	r->held_arena = *a;
	*a = (struct arena){ 0 };
	r->waits = true;
}

static void
say_unused(struct reading *r, struct allows *all)
{
	r->run->totals.mistakes += allow_unused(all, r->shown);
	*all = (struct allows){ 0 };
}

static void
begin_context(struct reading *r, bool wrapped)
{
	let_go(r, true);
	say_unused(r, &r->fed);
	arena_release(&r->arena);
	r->ctx = (struct sentinel_context){
		.arena = &r->arena,
		.style = r->run->style,
		.file = !r->run->no_context,
		.wrapped = wrapped && !r->run->no_context,
	};
}

/* Sections begin where the file says so, not where a statement does. */
static void
reach(struct reading *r, size_t offset)
{
	struct sections *all = &r->migration.sections;
	size_t n = 0;

	while (n < all->n && all->v[n].offset <= offset)
		n++;
	if (!n)
		return;
	begin_context(r, all->v[n - 1].wrapped);
	memmove(all->v, all->v + n, (all->n - n) * sizeof(*all->v));
	all->n -= n;
}

/* Reads what the text before the statement allows, or the text at the end. */
static void
read_allows(struct reading *r, struct arena *a, const struct statement *st,
    struct allows *out)
{
	size_t len, at;
	const char *gap = stream_gap(&r->stream, st, &len, &at);
	int line, column;

	if (!allow_mentioned(gap, len))
		return;
	stream_gap_place(&r->stream, st, &line, &column);
	r->run->totals.mistakes += allow_read(
	    a, out, r->stream.dialect, r->shown, gap, len, line, column);
}

/* A comment inside a statement speaks of the next one, where it would be
 * overlooked: it is a mistake. */
static void
read_inner_allows(struct reading *r, struct arena *a,
    const struct statement *st, struct allows *out)
{
	if (allow_mentioned(st->text, st->len))
		r->run->totals.mistakes += allow_read(a, out, r->stream.dialect,
		    r->shown, st->text, st->len, st->line, st->column);
}

static void
finish(struct reading *r, struct arena *a, struct checked *c)
{
	struct allows allows = { 0 }, inner = { 0 };

	if (r->run->schema)
		check_schema_try(r->run->schema, a, c);
	if (c->statement.data)
		allow_feed(a, &allows, &r->fed);
	read_allows(r, a, &c->statement, &allows);
	allow_apply(a, &allows, c);
	if (c->statement.feeds)
		allow_feed(&r->arena, &r->fed, &allows);
	read_inner_allows(r, a, &c->statement, &inner);
	say_unused(r, &allows);
	say_unused(r, &inner);
	let_go(r, false);
	if (!r->run->no_context && (r->ctx.transaction || r->ctx.stale.n))
		hold(r, c, a);
	else
		put(r, c);
}

static bool
check_one(struct reading *r, struct err *err)
{
	struct arena a = { 0 };
	struct checked c = { .file = r->shown };
	struct sentinel_context alone = { .style = r->run->style };
	struct shape *shape = sentinel_read(&a, &r->stream, &c.statement, err);

	if (shape) {
		reach(r, c.statement.offset);
		sentinel_judge_shape(&a, r->run->no_context ? &alone : &r->ctx,
		    &c.statement, shape, &c.findings);
		finish(r, &a, &c);
	}
	arena_release(&a);
	return shape != NULL;
}

/* ---- files -------------------------------------------------------------- */

static long
read_piece(void *arg, char *p, size_t n, struct err *err)
{
	struct reading *r = arg;
	ssize_t got;

	do
		got = read(r->fd, p, n);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		err_fail(err, "cannot read %s: %s", r->shown, strerror(errno));
	else
		migration_filter(&r->migration, p, (size_t)got);
	return got;
}

static bool
check_all(struct reading *r, struct err *err)
{
	struct arena a = { 0 };
	struct allows allows = { 0 };
	bool ok;

	begin_context(r, r->migration.wrapped);
	while (check_one(r, err))
		;
	ok = !r->stream.failed;
	if (ok) {
		let_go(r, true);
		read_allows(r, &a, NULL, &allows);
		say_unused(r, &allows);
		say_unused(r, &r->fed);
		r->run->totals.skipped += r->migration.skipped;
	}
	arena_release(&a);
	return ok;
}

bool
check_file(struct check_run *run, const char *path, struct err *err)
{
	bool standard_input = !strcmp(path, "-");
	struct reading r = { .run = run,
		.path = path,
		.shown = standard_input ? "<stdin>" : path };
	struct arena a = { 0 };
	bool ok;

	if (!run->all && migration_is_down(path)) {
		run->totals.skipped++;
		return true;
	}
	r.fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (r.fd < 0)
		return err_fail(
		    err, "cannot read %s: %s", path, strerror(errno));
	migration_begin(&r.migration, &a, path, run->all);
	stream_init(&r.stream, check_dialect(path), read_piece, &r);
	if (run->schema)
		check_schema_file(run->schema);
	ok = check_all(&r, err);
	stream_release(&r.stream);
	buf_release(&r.held_text);
	arena_release(&r.held_arena);
	arena_release(&r.arena);
	arena_release(&a);
	if (!standard_input)
		close(r.fd);
	return ok;
}
