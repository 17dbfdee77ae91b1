/* text - a schema as canonical text */
#include "schema/fact.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* A value stands bare or in quotes, so that no value can look like a label:
 * else two different schemas could have one text. */
static void
add_value(struct buf *out, const char *s, bool fold)
{
	bool bare = *s != '\0';

	for (const char *p = s; bare && *p; p++)
		bare = isalnum((unsigned char)*p) || *p == '_';
	if (!bare)
		buf_putc(out, '"');
	for (; *s; s++) {
		char c = *s;

		if (fold && c >= 'A' && c <= 'Z')
			c = (char)(c + ('a' - 'A'));
		if (c == '\n') {
			buf_puts(out, "\\n");
			continue;
		}
		if (c == '"' || c == '\\')
			buf_putc(out, '\\');
		buf_putc(out, c);
	}
	if (!bare)
		buf_putc(out, '"');
}

static void
add_type(struct buf *out, const char *s, bool fold)
{
	struct buf b = { 0 };

	if (fold)
		schema_fold_type(&b, s);
	else
		buf_puts(&b, s);
	add_value(out, buf_str(&b), false);
	buf_release(&b);
}

static void add_facts(struct buf *out, const struct rules *r,
    const struct facts *f, const void *thing);

static void
add_label(struct buf *out, const char *label)
{
	if (*label)
		buf_fmt(out, " %s", label);
}

static void
add_names(
    struct buf *out, const char *label, const struct names *names, bool fold)
{
	if (!names->n)
		return;
	add_label(out, label);
	buf_puts(out, " (");
	for (size_t i = 0; i < names->n; i++) {
		if (i)
			buf_puts(out, ", ");
		add_value(out, names->v[i], fold);
	}
	buf_putc(out, ')');
}

static void
add_parts(struct buf *out, const struct rules *r, const char *label,
    const struct parts *parts)
{
	if (!parts->n)
		return;
	add_label(out, label);
	buf_puts(out, " (");
	for (size_t i = 0; i < parts->n; i++) {
		if (i)
			buf_putc(out, ',');
		add_facts(out, r, &part_facts, &parts->v[i]);
	}
	buf_puts(out, " )");
}

/* In the order of their names, for none of them is first. */
static void
add_partitions(struct buf *out, const struct rules *r, const char *label,
    const struct partitions *partitions)
{
	const char *before = "", *name = NULL;

	if (!partitions->n)
		return;
	add_label(out, label);
	buf_puts(out, " (");
	for (size_t i = 0; i < partitions->n; i++) {
		const struct partition *next = NULL;

		for (size_t k = 0; k < partitions->n; k++) {
			const struct partition *p = &partitions->v[k];

			if ((!name || strcmp(p->name, name) > 0) &&
			    (!next || strcmp(p->name, next->name) < 0))
				next = p;
		}
		if (!next)
			break;
		name = next->name;
		buf_puts(out, before);
		add_facts(out, r, &partition_facts, next);
		before = ",";
	}
	buf_puts(out, " )");
}

static int
by_parent(const void *a, const void *b)
{
	const struct parent *x = *(const struct parent *const *)a;
	const struct parent *y = *(const struct parent *const *)b;
	int names = strcmp(x->name, y->name);

	return names ? names
		     : strcmp(x->schema ? x->schema : "",
			   y->schema ? y->schema : "");
}

static void
add_parents(struct buf *out, const struct rules *r, const char *label,
    const struct parents *parents)
{
	struct arena mem = { 0 };
	const struct parent **all =
	    arena_array(&mem, const struct parent *, parents->n);

	for (size_t i = 0; i < parents->n; i++)
		all[i] = &parents->v[i];
	if (parents->n) {
		qsort(all, parents->n, sizeof(*all), by_parent);
		add_label(out, label);
		buf_puts(out, " (");
		for (size_t i = 0; i < parents->n; i++) {
			buf_puts(out, i ? "," : "");
			add_facts(out, r, &parent_facts, all[i]);
		}
		buf_puts(out, " )");
	}
	arena_release(&mem);
}

static void
add_options(struct buf *out, const char *s)
{
	struct arena mem = { 0 };

	add_value(out, fact_options(&mem, s), false);
	arena_release(&mem);
}

static void
add_string(
    struct buf *out, const struct rules *r, const struct fact *f, const char *s)
{
	if (!s)
		return;
	add_label(out, f->label);
	buf_putc(out, ' ');
	switch (f->kind) {
	case FACT_TYPE:
		add_type(out, s, r->fold);
		break;
	case FACT_NAME:
	case FACT_OWN_NAME:
	case FACT_COLLATION:
		add_value(out, s, r->fold);
		break;
	case FACT_CONSTRAINT:
	case FACT_OBJECT:
	case FACT_IDENTITY:
		buf_puts(out, s);
		break;
	case FACT_WORD:
		add_value(out, s, true);
		break;
	case FACT_OPTIONS:
		add_options(out, s);
		break;
	default:
		add_value(out, s, false);
	}
}

static void
add_facts(struct buf *out, const struct rules *r, const struct facts *f,
    const void *thing)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct fact *fact = &f->v[i];
		const void *at = fact_at(fact, thing);

		switch (fact->kind) {
		case FACT_BOOL:
			if (*(const bool *)at)
				add_label(out, fact->label);
			break;
		case FACT_NAMES:
			add_names(out, fact->label, at, r->fold);
			break;
		case FACT_LABELS:
			add_names(out, fact->label, at, false);
			break;
		case FACT_PARTS:
			add_parts(out, r, fact->label, at);
			break;
		case FACT_PARTITIONS:
			add_partitions(out, r, fact->label, at);
			break;
		case FACT_PARENTS:
			add_parents(out, r, fact->label, at);
			break;
		default:
			add_string(out, r, fact, fact_string(r, fact, thing));
		}
	}
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Adds the lines of n things, sorted. */
static void
add_sorted(struct buf *out, struct arena *a, const struct rules *r,
    const struct facts *f, void *const *things, size_t n, const char *indent)
{
	const char **lines = arena_array(a, const char *, n);
	struct buf line = { 0 };

	for (size_t i = 0; i < n; i++) {
		const char *text;

		buf_cut(&line, 0);
		buf_puts(&line, f->word);
		add_facts(&line, r, f, things[i]);
		text = buf_str(&line);
		lines[i] = arena_fmt(a, "%s%s", indent, text + !*f->word);
	}
	if (n)
		qsort(lines, n, sizeof(*lines), by_text);
	for (size_t i = 0; i < n; i++)
		buf_fmt(out, "%s\n", lines[i]);
	buf_release(&line);
}

#define ADD_SORTED(out, a, r, f, list, indent)                                 \
	add_sorted((out), (a), (r), (f), (void *const *)(list)->v, (list)->n,  \
	    (indent))

static const char *
table_block(struct arena *a, const struct rules *r, const struct table *t)
{
	struct buf b = { 0 };
	const char *text;

	buf_puts(&b, table_facts.word);
	add_facts(&b, r, &table_facts, t);
	buf_putc(&b, '\n');
	ADD_SORTED(&b, a, r, &column_facts, &t->columns, "  ");
	ADD_SORTED(&b, a, r, &constraint_facts, &t->constraints, "  ");
	ADD_SORTED(&b, a, r, &index_facts, &t->indexes, "  ");
	text = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return text;
}

typedef char digest[HASH_HEX];

static int
by_digest(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* A table at a time: the text of thousands is as large as they are. */
void
schema_hash(const struct schema *s, char hex[HASH_HEX])
{
	const struct rules *r = &schema_rules[s->dialect];
	struct schema rest = *s;
	struct arena mem = { 0 };
	digest *tables = arena_array(&mem, digest, s->tables.n);
	struct hash h;

	for (size_t i = 0; i < s->tables.n; i++) {
		struct arena one = { 0 };

		hash_init(&h);
		hash_adds(&h, table_block(&one, r, s->tables.v[i]));
		hash_hex(&h, tables[i]);
		arena_release(&one);
	}
	if (s->tables.n)
		qsort(tables, s->tables.n, sizeof(*tables), by_digest);
	rest.tables = (struct tables){ 0 };
	hash_init(&h);
	hash_adds(&h, schema_text(&mem, &rest));
	for (size_t i = 0; i < s->tables.n; i++)
		hash_adds(&h, tables[i]);
	hash_hex(&h, hex);
	arena_release(&mem);
}

const char *
schema_text(struct arena *a, const struct schema *s)
{
	const struct rules *r = &schema_rules[s->dialect];
	struct arena mem = { 0 };
	struct buf b = { 0 };
	const char **blocks = arena_array(&mem, const char *, s->tables.n);
	const char *text;

	buf_fmt(&b, "%s\n", dialect_name(s->dialect));
	ADD_SORTED(&b, &mem, r, &enum_facts, &s->enums, "");
	for (size_t i = 0; i < s->tables.n; i++)
		blocks[i] = table_block(&mem, r, s->tables.v[i]);
	if (s->tables.n)
		qsort(blocks, s->tables.n, sizeof(*blocks), by_text);
	for (size_t i = 0; i < s->tables.n; i++)
		buf_puts(&b, blocks[i]);
	ADD_SORTED(&b, &mem, r, &object_facts, &s->objects, "");
	text = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	arena_release(&mem);
	return text;
}
