/* shapes.h - random SQLite schemas in pairs that have much in common, and rows.
 *
 * Only tests/unit/sync.c includes this.
 */
#ifndef TESTS_UNIT_SHAPES_H
#define TESTS_UNIT_SHAPES_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

/* Where chance comes from, and texts live. */
struct chance {
	struct arena *a;
	uint64_t state;
};

static unsigned
pick(struct chance *p, unsigned n)
{
	/* splitmix64 */
	uint64_t z = p->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (unsigned)((z ^ z >> 31) % n);
}

#define CHOOSE(p, list) (list)[pick((p), sizeof(list) / sizeof(*(list)))]

enum key { KEY_NUMBER, KEY_SERIES, KEY_TEXT, KEY_PAIR, KEY_NONE, KEY_COUNT };

/* What the two schemas of a case have in common is drawn first: most of it
 * stays between them, so that there is something to keep. */
#define TABLES 4
#define COLUMNS 6

struct shape {
	bool there;
	enum key key;
	struct {
		bool there;
		unsigned type, extra;
	} columns[COLUMNS];
	unsigned index, object, reference;
};

static const char *const types[] = { "TEXT", "INTEGER", "REAL", "BLOB",
	"NUMERIC", "", "VARCHAR(20)", "DECIMAL(10,2)" };

static const char *const extras[] = { "", "", "", "", " NOT NULL DEFAULT 'd'",
	" DEFAULT 7", " UNIQUE", " NOT NULL", " CHECK (%s IS NULL OR %s <> 5)",
	" COLLATE NOCASE", " REFERENCES t0 (id)" };

static void
draw(struct chance *p, struct shape s[TABLES])
{
	for (size_t i = 0; i < TABLES; i++) {
		s[i].there = pick(p, 4) != 0;
		s[i].key = (enum key)pick(p, KEY_COUNT);
		s[i].index = pick(p, 6);
		s[i].object = pick(p, 6);
		for (size_t k = 0; k < COLUMNS; k++) {
			s[i].columns[k].there = pick(p, 3) != 0;
			s[i].columns[k].type =
			    pick(p, sizeof(types) / sizeof(*types));
			s[i].columns[k].extra = pick(
			    p, sizeof(extras) / sizeof(*extras) - (i != 0));
		}
	}
	s[0].key = pick(p, 2) ? KEY_NUMBER : KEY_SERIES;
	s[0].there = true;
}

/* Another schema that is like the first. */
static void
redraw(struct chance *p, struct shape s[TABLES])
{
	struct shape other[TABLES];

	draw(p, other);
	for (size_t i = 0; i < TABLES; i++) {
		if (!pick(p, 4))
			s[i].there = other[i].there;
		if (!pick(p, 8) && i)
			s[i].key = other[i].key;
		if (!pick(p, 3))
			s[i].index = other[i].index;
		if (!pick(p, 3))
			s[i].object = other[i].object;
		for (size_t k = 0; k < COLUMNS; k++)
			if (!pick(p, 4))
				s[i].columns[k] = other[i].columns[k];
	}
	s[0].there = true;
}

static void
write_column(struct buf *b, const struct shape *s, size_t k)
{
	static const char name[] = "abcdef";
	const char *extra = extras[s->columns[k].extra];

	buf_fmt(b, ", %c %s", name[k], types[s->columns[k].type]);
	for (; *extra; extra++) {
		if (*extra == '%')
			buf_putc(b, name[k]), extra++;
		else
			buf_putc(b, *extra);
	}
}

static void
write_table(struct buf *b, const struct shape *s, size_t i)
{
	static const char *const keys[] = {
		[KEY_NUMBER] = "id INTEGER PRIMARY KEY",
		[KEY_SERIES] = "id INTEGER PRIMARY KEY AUTOINCREMENT",
		[KEY_TEXT] = "id TEXT PRIMARY KEY NOT NULL",
		[KEY_PAIR] = "id TEXT NOT NULL, no INTEGER NOT NULL",
		[KEY_NONE] = "id TEXT",
	};

	buf_fmt(b, "CREATE TABLE t%zu (%s", i, keys[s->key]);
	for (size_t k = 0; k < COLUMNS; k++)
		if (s->columns[k].there)
			write_column(b, s, k);
	buf_puts(b, s->key == KEY_PAIR
			? ", PRIMARY KEY (id, no)) WITHOUT ROWID;\n"
			: ");\n");
	if (s->index == 1)
		buf_fmt(b, "CREATE INDEX i%zu ON t%zu (id DESC);\n", i, i);
	if (s->index == 2 && s->columns[0].there)
		buf_fmt(b, "CREATE INDEX i%zu ON t%zu (a, id);\n", i, i);
	if (s->index == 3 && s->columns[1].there)
		buf_fmt(b,
		    "CREATE UNIQUE INDEX i%zu ON t%zu (b) WHERE b > 1000;\n", i,
		    i);
	if (s->object == 1)
		buf_fmt(b, "CREATE VIEW v%zu AS SELECT id FROM t%zu;\n", i, i);
	if (s->object == 2 && i)
		buf_fmt(b,
		    "CREATE TRIGGER r%zu AFTER INSERT ON t%zu BEGIN"
		    " DELETE FROM t0 WHERE id = -1; END;\n",
		    i, i);
}

static const char *
write_schema(struct chance *p, const struct shape s[TABLES])
{
	struct buf b = { 0 };
	const char *sql;

	for (size_t i = 0; i < TABLES; i++)
		if (s[i].there)
			write_table(&b, &s[i], i);
	sql = arena_strndup(p->a, buf_str(&b), b.len);
	buf_release(&b);
	return sql;
}

static const char *
value(struct chance *p)
{
	static const char *const values[] = { "NULL", "NULL", "0", "7", "-3",
		"5000000000", "1.5", "1e300", "'x'", "'X'", "''", "'00123'",
		"' 12 '", "X'00ff'", "'1e3'", "9007199254740993", "'5'" };

	return pick(p, 3) ? arena_fmt(p->a, "%u", 100 + pick(p, 4000))
			  : CHOOSE(p, values);
}

static void
write_rows(struct chance *p, struct buf *b, const struct shape *s, size_t i)
{
	static const char names[] = "abcdef";
	unsigned n = pick(p, 3) ? pick(p, 14) : 0;

	for (unsigned row = 1; row <= n; row++) {
		buf_fmt(b, "INSERT OR IGNORE INTO t%zu (id", i);
		if (s->key == KEY_PAIR)
			buf_puts(b, ", no");
		for (size_t k = 0; k < COLUMNS; k++)
			if (s->columns[k].there)
				buf_fmt(b, ", %c", names[k]);
		if (s->key == KEY_NUMBER || s->key == KEY_SERIES)
			buf_fmt(b, ") VALUES (%u", row * 3);
		else
			buf_fmt(b, ") VALUES ('key %u'", row);
		if (s->key == KEY_PAIR)
			buf_fmt(b, ", %u", row % 3);
		for (size_t k = 0; k < COLUMNS; k++)
			if (s->columns[k].there)
				buf_fmt(b, ", %s", value(p));
		buf_puts(b, ");\n");
	}
	/* rowids have gaps */
	buf_fmt(b, "DELETE FROM t%zu WHERE id IN (6, 'key 2');\n", i);
	for (size_t k = 0; k < COLUMNS; k++)
		if (s->columns[k].there &&
		    s->columns[k].extra == sizeof(extras) / sizeof(*extras) - 1)
			buf_fmt(b,
			    "UPDATE OR IGNORE t%zu SET %c = (SELECT max(id)"
			    " FROM t0) WHERE rowid %% 2;\n"
			    "UPDATE t%zu SET %c = NULL WHERE %c NOT IN"
			    " (SELECT id FROM t0);\n",
			    i, names[k], i, names[k], names[k]);
}

#endif
