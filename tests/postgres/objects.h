/* objects.h - two folders of collections, the plan from one to the other, and
 * what the engine says of it.
 *
 * A case is tests/golden/objects/<case> with the folders from and to, and a
 * wanted.<dialect>.txt for each dialect that it is meant for.
 */
#ifndef TESTS_POSTGRES_OBJECTS_H
#define TESTS_POSTGRES_OBJECTS_H

#include "tests/unit/plans.h"

#include "base/text.h"

static inline void
objects_lines(struct buf *out, char sign, const struct names *sql)
{
	for (size_t i = 0; i < sql->n; i++) {
		buf_fmt(out, "  %c ", sign);
		for (const char *s = sql->v[i]; *s; s++) {
			buf_putc(out, *s);
			if (*s == '\n')
				buf_puts(out, "    ");
		}
		buf_putc(out, '\n');
	}
}

static inline void
objects_show(struct arena *a, struct buf *out, const struct plan *p)
{
	for (size_t i = 0; i < p->steps.n; i++) {
		const struct step *s = p->steps.v[i];

		buf_fmt(out, "%s%s", phase_name(s->phase),
		    s->rebuild ? ", rebuild" : "");
		for (size_t k = 0; k < s->changes.n; k++)
			buf_fmt(out, "%s %s", k ? "," : ":",
			    change_text(a, s->changes.v[k]));
		buf_putc(out, '\n');
		objects_lines(out, '>', &s->sql);
		objects_lines(out, '<', &s->undo);
		for (size_t k = 0; k < s->findings.n; k++)
			buf_fmt(out, "  ! %s, %s%s: %s\n",
			    s->findings.v[k].rule,
			    class_name(s->findings.v[k].class),
			    s->findings.v[k].destructive ? "" : " (safe)",
			    s->findings.v[k].message);
	}
}

#endif
