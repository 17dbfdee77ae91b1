/* grant - rights that change together
 *
 * The server keeps one list a thing, in which one statement takes what another
 * gave: some have to be said again although they stay as they are.
 */
#include "diff/pass.h"

#include <string.h>

#include "base/text.h"

/* What becomes of the objects that are there. */
struct fates {
	bool *moves, *replaced;
};

static bool
gives(const struct object *o)
{
	return o->kind == OBJECT_GRANT || o->kind == OBJECT_DEFAULT_PRIVILEGES;
}

static bool
is_changed_grant(const struct pass *p, const struct fates *f, size_t i)
{
	return gives(p->now->objects.v[i]) && (f->moves[i] || f->replaced[i]);
}

/* May both be of one list? Which one a default is of, its text alone says. */
static bool
may_share(const struct pass *p, const struct object *a, const struct object *b)
{
	return a->kind == b->kind &&
	       (a->kind == OBJECT_DEFAULT_PRIVILEGES ||
		   schema_same_name(p->dialect, a->table, b->table));
}

/* What is given with the option and what is given without it are one list to
 * the server: of both all is taken before any is given. */
static void
take_first(struct pass *p, struct fates *f)
{
	for (size_t i = 0; i < p->from->objects.n; i++) {
		const struct object *o = p->now->objects.v[i];

		if (!is_changed_grant(p, f, i) ||
		    !strstr(o->sql.key, " with grant option"))
			continue;
		for (size_t k = 0; k < p->from->objects.n; k++) {
			if (!is_changed_grant(p, f, k) ||
			    !may_share(p, o, p->now->objects.v[k]))
				continue;
			f->moves[i] = f->moves[k] = true;
			f->replaced[i] = f->replaced[k] = false;
		}
	}
}

/* Does the other one take rights of the same role on the same thing? */
static bool
takes_from(const struct object *o, const struct object *given)
{
	const char *role = strrchr(given->name, ' ');

	return o->kind == OBJECT_GRANT && o->table && given->table &&
	       !strcmp(o->table, given->table) &&
	       text_starts(o->sql.text, "REVOKE ") && role &&
	       text_ends(o->name, role);
}

/* What is taken of a table is taken of its columns, too: what was given there
 * is given again. */
static void
give_again(struct pass *p, struct fates *f)
{
	for (size_t i = 0; i < p->from->objects.n; i++) {
		const struct object *given = p->now->objects.v[i];

		if (given->kind != OBJECT_GRANT || f->moves[i] ||
		    f->replaced[i] || !strchr(given->sql.text, '('))
			continue;
		for (size_t k = 0; k < p->to->objects.n; k++) {
			const struct object *o = p->to->objects.v[k], *was;

			if (!takes_from(o, given))
				continue;
			was = schema_object_like(p->now, o);
			f->moves[i] |= !was || !expr_equal(&was->sql, &o->sql);
		}
	}
}

void
pass_grants(struct pass *p, bool *moves, bool *replaced)
{
	struct fates f = { moves, replaced };

	take_first(p, &f);
	give_again(p, &f);
}
