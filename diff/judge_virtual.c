/* judge_virtual - tables that a full text search reads
 *
 * FTS4 and FTS5 keep the name of the table that holds their texts as it was
 * written (content = 'posts'): SQLite changes it with no rename, and notices
 * nothing until somebody asks for a text.
 */
#include "diff/judge.h"

#include <string.h>

#include "sql/key.h"

/* Returns the table that holds its texts, or NULL. */
static const char *
content_of(struct arena *a, const struct object *o)
{
	static const char *const words[] = { "content", "=" };
	enum dialect d = DIALECT_SQLITE; /* nothing else has such tables */
	const char *name = NULL;
	size_t seen = 0;
	struct lexer l;
	struct token t;

	if (o->kind != OBJECT_VIRTUAL_TABLE)
		return NULL;
	lex_init(&l, d, o->sql.text, strlen(o->sql.text));
	while (!name && lex_next(&l, &t)) {
		if (seen == 2 && sql_may_name(d, &t))
			name = sql_unquote(a, d, t.at, t.len);
		seen = seen < 2 && token_is(&t, words[seen]) ? seen + 1
		       : token_is(&t, words[0])              ? 1
							     : 0;
	}
	lex_release(&l);
	return name;
}

/* Does the change take away what the search reads? */
static bool
takes_away(struct pass *p, const struct change *c, const struct object *o,
    const char *content)
{
	bool table =
	    c->kind == CHANGE_RENAME_TABLE || c->kind == CHANGE_DROP_TABLE;
	const struct table *t = table ? c->old_table : c->new_table;

	if (!t || !schema_same_name(p->dialect, content, t->name))
		return false;
	if (!table)
		return sql_says(p->dialect, o->sql.text, c->old_column->name);
	return !schema_table(p->to, NULL, content) &&
	       !schema_object(p->to, OBJECT_VIEW, NULL, content);
}

void
judge_content(struct pass *p, struct change *c)
{
	if (c->kind != CHANGE_RENAME_TABLE && c->kind != CHANGE_DROP_TABLE &&
	    c->kind != CHANGE_RENAME_COLUMN && c->kind != CHANGE_DROP_COLUMN)
		return;
	for (size_t i = 0; i < p->to->objects.n; i++) {
		const struct object *o = p->to->objects.v[i];
		const char *content = content_of(p->a, o);

		if (content && takes_away(p, c, o, content))
			judge_note(p, c, JUDGE_CONTENT_GOES,
			    name_table(p->a, c->old_table), o->name, NULL);
	}
}
