/* type - how the values of a column come over when its type changes */
#include "diff/pass.h"

#include "base/buf.h"
#include "sql/quote.h"

struct retyping
diff_retyping(
    enum dialect d, const struct column *from, const struct column *to)
{
	struct retyping r = diff_dialect(d)->retype(from->type, to->type);

	/* values of an enum type are cast to and from text alone */
	if (from->enum_type && to->enum_type)
		return (struct retyping){ RETYPE_CAST, CONVERT_BY_TEXT };
	if (r.how == CONVERT_CAST &&
	    (from->enum_type ||
		(to->enum_type && diff_dialect(d)->lists_casts(from->type))))
		r.how = CONVERT_BY_TEXT;
	return r;
}

bool
diff_knows_type(enum dialect d, const char *type)
{
	const struct diff_dialect *x = diff_dialect(d);

	return x->knows && x->knows(type);
}

bool
column_fills(const struct column *old, const struct column *new)
{
	return column_more(new)->backfill.text && new->not_null &&
	       !(old && old->not_null);
}

const char *
diff_conversion(struct arena *a, enum dialect d, const struct change *c)
{
	static const struct {
		const char *before, *after;
		bool cast;
	} forms[] = {
		[CONVERT_CAST] = { "", "", true },
		[CONVERT_BY_TEXT] = { "", "::text", true },
		[CONVERT_TO_ARRAY] = { "ARRAY[", "]", false },
		[CONVERT_TO_ARRAY_BY_TEXT] = { "ARRAY[", "::text]", true },
	};
	struct retyping r = diff_retyping(d, c->now_column, c->new_column);
	struct buf b = { 0 };
	const char *using;

	if (column_more(c->new_column)->conversion.text)
		return column_more(c->new_column)->conversion.text;
	if (r.how == CONVERT_BY_ITSELF)
		return NULL;
	buf_puts(&b, forms[r.how].before);
	sql_ident(&b, d, c->new_column->name);
	buf_puts(&b, forms[r.how].after);
	if (forms[r.how].cast)
		buf_fmt(&b, "::%s", c->new_column->type);
	using = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return using;
}
