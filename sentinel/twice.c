/* twice - what psql reads in one way, and everybody else in another
 *
 * Read as SQL, lines of data are mostly nonsense, which a server refuses. So a
 * piece counts only where its first word may begin a statement; there it must
 * be safe, and end in a semicolon, for else it would go on in what follows.
 */
#include "sentinel/twice.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sql/split.h"

/* The words with which a statement can begin, and abbreviations that only psql
 * or a server of old takes. */
static const char *const beginnings[] = { "abort", "alter", "analyse",
	"analyze", "begin", "call", "checkpoint", "close", "cluster", "comment",
	"commit", "copy", "create", "deallocate", "declare", "delete",
	"discard", "do", "drop", "end", "execute", "explain", "fetch", "grant",
	"import", "insert", "listen", "load", "lock", "merge", "move", "notify",
	"prepare", "reassign", "refresh", "reindex", "release", "repack",
	"reset", "revoke", "rollback", "savepoint", "security", "select", "set",
	"show", "start", "table", "truncate", "unlisten", "update", "vacuum",
	"values", "wait", "with" };

struct piece {
	struct token first, last;
};

static void
note(void *arg, const struct token *t)
{
	struct piece *p = arg;

	if (p->first.kind == TOKEN_END)
		p->first = *t;
	p->last = *t;
}

static bool
may_begin(const struct token *t)
{
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++)
		if (token_is(t, beginnings[i]))
			return true;
	return token_is(t, "(");
}

static bool
is_destructive(enum dialect d, const struct statement *st)
{
	struct arena a = { 0 };
	struct findings found = { 0 };
	enum verdict v = sentinel_judge(&a, NULL, d, st, &found);

	arena_release(&a);
	return v == VERDICT_DESTRUCTIVE;
}

struct pieces {
	struct splitter split;
	struct statement now;
	struct piece piece;
	bool command;      /* psql takes it for the rest of a command */
	const char *after; /* the byte behind that command's backslash */
};

/* Was the piece nothing but the second of two backslashes? psql ends a command
 * there, and reads SQL again. */
static bool
doubles(const struct pieces *p)
{
	return p->piece.last.kind == TOKEN_META && p->piece.last.at == p->after;
}

static bool
is_guilty(const struct pieces *p, enum dialect d)
{
	if (p->now.bad)
		return true;
	return !p->command && may_begin(&p->piece.first) &&
	       (!p->split.closed || is_destructive(d, &p->now));
}

/* What stands behind a backslash begins no statement: psql knows it as a
 * command, a server as a mistake. */
static void
move_on(struct pieces *p)
{
	p->command = p->piece.last.kind == TOKEN_META && !doubles(p);
	p->after = p->command ? p->piece.last.at + 1 : NULL;
	p->piece = (struct piece){ 0 };
}

bool
twice_apply(struct judge *j, const struct token *t)
{
	bool meta = t->kind == TOKEN_META, guilty = false;
	struct pieces p = { .command = meta, .after = t->at + meta };

	split_init(&p.split, j->dialect, p.after, t->len - meta);
	p.split.plain = true;
	while (!guilty && split_next(&p.split, &p.now, note, &p.piece)) {
		guilty = is_guilty(&p, j->dialect) || (meta && doubles(&p));
		if (guilty)
			judge_say(j, "two-readings", &p.piece.first,
			    &p.piece.last, NULL);
		move_on(&p);
	}
	split_release(&p.split);
	return guilty;
}
