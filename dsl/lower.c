/* lower - collections into the schema of one dialect */
#include "dsl/lower.h"

#include <string.h>

#include "base/text.h"
#include "dsl/options.h"
#include "dsl/sense_words.h"

static const struct rules *const dialects[DIALECT_COUNT] = {
	[DIALECT_SQLITE] = &sqlite_rules,
	[DIALECT_POSTGRES] = &postgres_rules,
};

static void
take_former(struct lowering *l, struct lowered *c)
{
	take_was(l->arena, &c->table->was, &c->from->head->was);
	for (size_t i = 0; i < c->table->was.n; i++)
		if (!*c->table->was.v[i])
			tell(l, c->item, "was", ".was is empty");
}

static void
make_table(struct lowering *l, struct lowered *c)
{
	const struct deesse_COLLECTION *head = c->from->head;
	struct table *t = c->table;

	t->slug = c->slug;
	t->label = head->label;
	/* .table names it within its schema; where there are none, the slug
	 * is what no other has */
	t->name = head->table && (l->rules->schemas || !head->schema)
		      ? head->table
		      : c->slug;
	t->source = source_of(c->item);
	if (l->rules->comments)
		t->comment = head->comment;
	if (l->rules->schemas) {
		t->schema = head->schema;
		if (head->schema)
			schema_ok(l, c->item, head->schema);
	}
	t->without_rowid = !l->rules->schemas && head->without_rowid;
	t->strict = !l->rules->schemas && head->strict;
	t->unlogged = l->rules->schemas && head->unlogged;
	t->force_row_security = head->force_row_security;
	t->row_security = (head->row_security || head->force_row_security) &&
			  !head->row_security_off;
	take_former(l, c);
	physical_ok(l, c->item, head->table ? "table" : NULL, t->name);
	claim(l, &l->relations, t->schema, t->name, c->item, &t->source,
	    arena_fmt(&l->brief, "the table of %s", c->slug), ".table");
	claim(l, &l->types, t->schema, t->name, c->item, &t->source,
	    arena_fmt(&l->brief, "the table of %s", c->slug), ".table");
	vec_push(l->arena, &l->schema->tables, t);
}

static void
begin(struct lowering *l, struct collection *from)
{
	struct lowered *c = arena_new(&l->work, struct lowered);
	const struct lowered *other;

	if (!item_here(l, &from->head->item))
		return;
	c->from = from;
	c->item = &from->head->item;
	c->slug = c->item->name;
	c->table = arena_new(l->arena, struct table);
	if (!name_ok(l, c->item) || !item_possible(l, c->item))
		return;
	other = map_get(&l->slugs, c->slug);
	if (other && other->item->line == c->item->line &&
	    !strcmp(other->item->file, c->item->file)) {
		tell(l, c->item, NULL,
		    "another file includes this one, and then '%s' is there "
		    "twice: each .c is compiled by itself",
		    c->slug);
		return;
	}
	if (other) {
		tell(l, c->item, NULL,
		    "the collection '%s' is defined twice; the first is at "
		    "%s:%d",
		    c->slug, shown_path(other->item->file), other->item->line);
		return;
	}
	map_put(&l->work, &l->slugs, c->slug, c);
	vec_push(&l->work, &l->all, c);
	make_table(l, c);
}

static void
check_fields(struct lowering *l, struct lowered *c)
{
	if (!c->fields.n && !l->rules->bare_tables && !l->report->mistakes.n)
		tell(l, c->item, NULL,
		    "%s has no fields, and %s has no tables "
		    "without columns",
		    c->slug, l->rules->title);
}

static void
check_rowid(struct lowering *l, struct lowered *c)
{
	const struct table *t = c->table;

	if (!t->without_rowid)
		return;
	if (!c->key.n)
		tell(l, c->item, "without_rowid",
		    "a table without rowid needs a primary key");
	else if (c->from->head->id == DEESSE_ID_INTEGER ||
		 c->from->head->id == DEESSE_ID_AUTOINCREMENT)
		tell(l, c->item, "without_rowid",
		    "a table without rowid does not number its rows: say .id "
		    "= ID_UUID or ID_NONE");
}

static void
tell_constraint(struct lowering *l, const struct lowered *c,
    const struct constraint *k, const struct constraint *other)
{
	const struct deesse_item *item = c->item;
	bool named;

	for (size_t i = 0; i < c->from->n; i++)
		if (c->from->items[i]->line == k->source.line)
			item = c->from->items[i];
	named = item->kind == DEESSE_KIND_CHECK ||
		item->kind == DEESSE_KIND_FOREIGN_KEY;
	tell(l, item, NULL,
	    "%s would have two constraints '%s'; the other is at %s:%d; %s "
	    "gives another name",
	    c->slug, k->name, other->source.file, other->source.line,
	    named                                ? ".name"
	    : item->kind == DEESSE_KIND_RELATION ? ".constraint"
						 : "CHECK(…, .name = …)");
}

/* PostgreSQL: names of constraints are those of their table. */
static void
check_constraint_names(struct lowering *l, struct lowered *c)
{
	struct map seen = { 0 };

	for (size_t i = 0; i < c->table->constraints.n; i++) {
		struct constraint *k = c->table->constraints.v[i];
		const struct constraint *other;

		/* names of what has an index are looked at for all tables */
		if (!k->name || !l->rules->names_constraints ||
		    (k->kind != CONSTRAINT_CHECK &&
			k->kind != CONSTRAINT_FOREIGN_KEY))
			continue;
		other = map_put(&l->brief, &seen, k->name, k);
		if (other)
			tell_constraint(l, c, k, other);
	}
}

static void
check_config(struct lowering *l)
{
	const struct deesse_CONFIG *config = l->build->object.config;
	const char *dir = shown_path(l->build->options->dir);
	const char *file;

	if (!config)
		return;
	file = shown_path(config->item.file);
	if (strncmp(file, dir, strlen(dir)) ||
	    strcmp(
		file + strlen(dir) + (dir[strlen(dir) - 1] != '/'), "config.c"))
		tell(l, &config->item, NULL,
		    "CONFIG stands in %s/config.c, which is compiled first "
		    "and alone",
		    dir);
}

/* Nobody reads its items any more. */
static void
leave(struct lowering *l, struct lowered *c)
{
	object_leave(&l->build->object, c->from);
	c->item = NULL;
	c->primary_key = NULL;
	for (size_t i = 0; i < c->fields.n; i++)
		c->fields.v[i]->item = NULL;
}

static void
lower_table(struct lowering *l, struct lowered *c)
{
	lower_columns(l, c);
	vec_reserve(l->arena, &c->table->constraints, c->fields.n);
	lower_primary_key(l, c);
	lower_relations(l, c);
	lower_key_nulls(l, c);
	lower_field_options(l, c);
	lower_items(l, c);
	check_rowid(l, c);
	check_constraint_names(l, c);
	if (!c->parents.n)
		lower_inherited(l, c);
	if (!sense_waits(l, c)) {
		sense_collection(l, c);
		leave(l, c);
	}
	arena_release(&l->brief);
}

static void
run(struct lowering *l)
{
	const struct collections *from = &l->build->object.collections;

	map_reserve(&l->work, &l->slugs, from->n);
	map_reserve(&l->work, &l->types, from->n);
	map_reserve(&l->work, &l->relations, from->n * 3);
	vec_reserve(&l->work, &l->all, from->n);
	vec_reserve(l->arena, &l->schema->tables, from->n);
	lower_enum_types(l);
	for (size_t i = 0; i < from->n; i++)
		begin(l, &from->v[i]);
	for (size_t i = 0; i < l->all.n; i++) {
		lower_fields(l, l->all.v[i]);
		check_fields(l, l->all.v[i]);
	}
	for (size_t i = 0; i < l->all.n; i++)
		lower_parents(l, l->all.v[i]);
	for (size_t i = 0; i < l->all.n; i++)
		lower_key(l, l->all.v[i]);
	for (size_t i = 0; i < l->all.n; i++) {
		lower_face(l, l->all.v[i]);
		l->all.v[i]->whole = lowered_is_whole(l, l->all.v[i]);
	}
	arena_release(&l->brief);
	for (size_t i = 0; i < l->all.n; i++)
		lower_table(l, l->all.v[i]);
	for (size_t i = 0; i < l->all.n; i++)
		lower_inherited(l, l->all.v[i]);
	lower_objects(l);
	lower_sql_files(l);
	check_config(l);
	lower_sense(l);
}

/* A file of SQL without a statement says that nothing is meant to be there, as
 * pull writes it; a .c file without a macro is a mistake. */
static bool
means_nothing(const struct build *b)
{
	for (size_t i = 0; i < b->cache.listed.n; i++)
		if (text_ends(b->cache.listed.v[i], ".sql"))
			return true;
	return false;
}

struct schema *
lower(struct build *b)
{
	struct lowering l = {
		.arena = b->arena,
		.build = b,
		.report = &b->report,
		.dialect = b->options->dialect,
		.rules = dialects[b->options->dialect],
	};

	l.schema = arena_new(b->arena, struct schema);
	l.schema->dialect = l.dialect;
	run(&l);
	arena_release(&l.brief);
	arena_release(&l.work);
	if (!l.schema->tables.n && !l.schema->objects.n && !l.schema->enums.n &&
	    !b->object.objects.n && !b->report.mistakes.n && !means_nothing(b))
		report_add(&b->report, NULL, 0, 0,
		    "the folder '%s' holds no collections: no file in it says "
		    "COLLECTION",
		    b->options->dir);
	return l.schema;
}
