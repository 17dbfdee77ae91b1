/* judge - three witnesses, the stricter wins; then evidence, then options */
#include "sync/judge.h"

#include <string.h>

#include "base/text.h"
#include "sentinel/sentinel.h"
#include "shadow/shadow.h"
#include "sql/split.h"
#include "sync/loss.h"

static bool
is_allowed(const struct names *allow, const struct finding *f)
{
	const char *name = class_name(f->class);
	size_t n = strlen(name);

	for (size_t i = 0; i < allow->n; i++) {
		const char *p = allow->v[i];

		if (strncmp(p, name, n) || (p[n] && p[n] != ':'))
			continue;
		if (!p[n] || (f->object && !strcmp(p + n + 1, f->object)))
			return true;
	}
	return false;
}

bool
finding_passes(const struct sync_options *o, const struct finding *f)
{
	const char *name = class_name(f->class);

	if (f->cleared || f->accepted || is_allowed(&o->allow, f))
		return true;
	for (size_t i = 0; i < o->deny.n; i++)
		if (!strcmp(o->deny.v[i], name))
			return false;
	if (!f->destructive)
		return true;
	return o->accept_data_loss && (f->class == CLASS_DATA_LOSS ||
					  f->class == CLASS_DATA_DEPENDENT);
}

/* What the sentinel and the engine see in a statement, and the names under
 * which diff knows it better: with its object, and probed. A rule that is not
 * here has the same name on both sides. */
static const struct {
	const char *seen, *known[10];
} aliases[] = {
	{ "create-unique-index", { "add-unique" } },
	{ "add-column-unique", { "add-unique", "add-required-column" } },
	{ "add-column-reference", { "add-foreign-key" } },
	{ "add-column-default", { "add-required-column" } },
	{ "change-type",
	    { "type-affinity", "type-cast", "type-meaning", "type-narrowing",
		"type-rewrite", "type-reindex", "type-using", "drop-enum-value",
		"reorder-enum" } },
	{ "rewrite-column",
	    { "type-affinity", "type-using", "rename-enum-value",
		"drop-enum-value", "overwrite-column", "drop-column" } },
	{ "set-not-null", { "backfill-column" } },
	{ "drop-constraint", { "drop-primary-key", "add-check" } },
	{ "validate-constraint", { "add-check", "add-foreign-key",
				     "set-not-null", "backfill-column" } },
	{ "drop-column", { "overwrite-column" } },
};

bool
judge_same_rule(const char *seen, const char *known)
{
	if (!strcmp(seen, known))
		return true;
	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++)
		for (size_t k = 0; k < 10 && aliases[i].known[k]; k++)
			if (!strcmp(aliases[i].seen, seen) &&
			    !strcmp(aliases[i].known[k], known))
				return true;
	return false;
}

/* "posts.body" is "posts.body", and a part of "posts": the engine does not say
 * which column goes. */
static bool
is_same_object(const char *seen, const char *known)
{
	size_t n = strlen(seen);

	return text_same_nocase(seen, known) ||
	       (!strncmp(seen, known, n) && known[n] == '.');
}

/* Two witnesses that see the same thing are one finding: the first one's. What
 * takes data away must be the same object, too. */
static bool
is_known(const struct findings *known, const struct finding *f)
{
	for (size_t i = 0; i < known->n; i++) {
		const struct finding *k = &known->v[i];

		if (!judge_same_rule(f->rule, k->rule))
			continue;
		if (f->class != CLASS_DATA_LOSS || !f->object || !k->object ||
		    is_same_object(f->object, k->object))
			return true;
	}
	return false;
}

static void
add_all(struct arena *a, struct findings *to, const struct findings *from)
{
	for (size_t i = 0; i < from->n; i++)
		vec_push(a, to, from->v[i]);
}

/* A change of type of which the first witness knows that it changes no value
 * has no finding: the table of types was measured, the text alone says nothing
 * of what the column was. */
static bool
is_measured(struct arena *a, const struct step *step, const struct finding *f)
{
	if (strcmp(f->rule, "change-type") != 0 &&
	    strcmp(f->rule, "change-type-rewrite") != 0)
		return false;
	for (size_t i = 0; f->object && i < step->changes.n; i++) {
		const struct change *c = step->changes.v[i];
		const struct table *t = c->new_table;

		if (c->kind == CHANGE_COLUMN_TYPE && !c->findings.n &&
		    !strcmp(f->object,
			arena_fmt(a, "%s%s%s.%s", t->schema ? t->schema : "",
			    t->schema ? "." : "", t->name,
			    c->new_column->name)))
			return true;
	}
	return false;
}

/* Text cannot tell that no row breaks a constraint: that the columns it reads
 * are new, or that another one proves it, whose place it may take. */
static bool
is_settled(const struct step *step, const struct finding *f)
{
	static const char *const rules[] = { "add-unique",
		"create-unique-index", "add-check", "add-foreign-key",
		"drop-constraint", "validate-constraint" };
	size_t known = 0, settled = 0;

	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		known += !strcmp(f->rule, rules[i]);
	for (size_t i = 0; known && i < step->changes.n; i++) {
		const struct change *c = step->changes.v[i];

		if (c->kind != CHANGE_ADD_CONSTRAINT &&
		    c->kind != CHANGE_DROP_CONSTRAINT &&
		    c->kind != CHANGE_CREATE_INDEX)
			continue;
		if (c->kind == CHANGE_DROP_CONSTRAINT && c->mate)
			continue;
		if (!c->settled)
			return false;
		settled++;
	}
	return settled > 0;
}

/* What fills a column beside those who work is of one form, whatever the
 * collections say: a trigger and a check that are gone in the end. */
static bool
is_scaffold(const struct finding *f)
{
	static const char *const rules[] = { "security-definer",
		"create-trigger-locks", "enable-trigger", "add-not-valid",
		"drop-function", "set-not-null-scan" };

	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (!strcmp(f->rule, rules[i]))
			return true;
	return false;
}

/* A column that takes the place of another, row by row the same, brings all
 * that stood on it. */
static bool
is_exchange(struct arena *a, const struct change *c, const struct finding *f)
{
	static const char *const rules[] = { "drop-constraint", "drop-index",
		"rename-column", "rename-constraint", "alter-index", "update",
		"validate-constraint", "create-unique-index",
		"add-key-using-index", "add-primary-key" };

	/* the mark of what was copied for the trash: it says nothing */
	if (c->kind == CHANGE_DROP_COLUMN)
		return !strcmp(f->rule, "validate-constraint");
	if (c->kind != CHANGE_COLUMN_TYPE)
		return false;
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (!strcmp(f->rule, rules[i]))
			return true;
	/* the sequence of an identity goes on where it was */
	if (!strcmp(f->rule, "calls-function"))
		return !column_more(c->new_column)->conversion.text;
	return !strcmp(f->rule, "drop-column") && f->object &&
	       text_ends(f->object, arena_fmt(a, ".%s", c->old_column->name));
}

/* What was made under another name, to be given up when it is in its place. */
static bool
is_own(struct arena *a, const struct step *step, const struct finding *f)
{
	for (size_t i = 0; i < step->changes.n; i++) {
		const struct change *c = step->changes.v[i];

		bool fills;

		if (c->exchange)
			c = c->exchange;
		fills = c->online && transpile_online_thing(c).fills;

		if (!c->online || (c->kind != CHANGE_SET_NOT_NULL && !fills))
			continue;
		if (f->object && strstr(f->object, c->online))
			return true;
		if (fills && step->changes.n == 1 &&
		    (is_scaffold(f) || is_exchange(a, c, f)))
			return true;
	}
	return false;
}

/* What cannot run is away for the time of the step, and then as it was. */
static bool
comes_back(const struct step *step, const struct finding *f)
{
	if (strcmp(f->rule, "drop-view") != 0 &&
	    strcmp(f->rule, "drop-trigger") != 0)
		return false;
	for (size_t i = 0; f->object && i < step->aside.n; i++)
		if (!strcmp(step->aside.v[i]->name, f->object))
			return true;
	return false;
}

/* What default privileges gave a new thing is taken back at once: nobody had
 * it. */
static bool
is_taken_back(const struct step *step, const struct finding *f)
{
	if (strcmp(f->rule, "grant") != 0)
		return false;
	for (size_t i = 0; i < step->changes.n; i++) {
		const struct change *c = step->changes.v[i];
		const struct object *o =
		    c->new_object ? c->new_object : c->old_object;

		if (o && !object_traits(o->kind)->word)
			return false;
	}
	for (size_t i = 0; i < step->sql.n; i++)
		if (text_starts(step->sql.v[i], "GRANT "))
			return false;
	return true;
}

static void
add_unknown(struct arena *a, struct findings *to, const struct step *step,
    const struct findings *from)
{
	size_t known = to->n;

	for (size_t i = 0; i < from->n; i++) {
		struct findings first = { .v = to->v, .n = known };

		if (!is_known(&first, &from->v[i]) &&
		    !is_measured(a, step, &from->v[i]) &&
		    !is_settled(step, &from->v[i]) &&
		    !is_taken_back(step, &from->v[i]) &&
		    !is_own(a, step, &from->v[i]) &&
		    !comes_back(step, &from->v[i]))
			vec_push(a, to, from->v[i]);
	}
}

/* The columns of a table that hold values. */
static void
stored_columns(struct arena *a, const struct table *t, struct names *out)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (!t->columns.v[i]->generated.text)
			vec_push(a, out, t->columns.v[i]->name);
}

/* The second witness reads the text of the step; of a rebuild it must be told
 * the old columns, for the text alone cannot prove that none is forgotten. */
static void
ask_sentinel(struct sync *s, struct sentinel_context *ctx,
    const struct step *step, const char *text, struct findings *out)
{
	struct names columns = { 0 };

	if (!step->before) {
		sentinel_judge_step(s->arena, ctx, s->plan->dialect, text, out);
		return;
	}
	stored_columns(s->arena, step->before, &columns);
	sentinel_judge_rebuild(s->arena, s->plan->dialect, text,
	    step->before->name, &columns, out);
}

/* A plan that only makes what was not there can lose nothing, and the
 * transaction itself proves it: large first pushes are not run twice. */
static bool
only_creates(const struct plan *p)
{
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		const struct change *c = p->diff->changes.v[i];

		if (c->kind != CHANGE_CREATE_TABLE &&
		    ((c->kind != CHANGE_CREATE_INDEX &&
			 c->kind != CHANGE_ADD_CONSTRAINT) ||
			c->old_table))
			return false;
	}
	return true;
}

/* Said before anybody is asked: what goes here will not come back by itself.
 */
static void
say_keyless(struct sync *s, const struct step *step)
{
	static const char hint[] =
	    "its rows have no key that stays: the trash keeps the whole table, "
	    "and undo cannot put the values back";

	for (size_t i = 0; i < step->changes.n; i++) {
		struct change *c = step->changes.v[i];

		if (loss_keeps_key(s->arena, s->plan, c))
			continue;
		for (size_t k = 0; k < c->findings.n; k++)
			if (c->findings.v[k].destructive &&
			    c->findings.v[k].class != CLASS_BLOCKING)
				c->findings.v[k].hint = hint;
	}
}

/* What was decided beforehand: each change that is named, and what was found in
 * the text of the step where all of them are. */
static bool
accept_changes(struct sync *s, const struct step *step)
{
	bool all = s->options.decisions != NULL;

	for (size_t i = 0; s->options.decisions && i < step->changes.n; i++) {
		struct change *c = step->changes.v[i];
		bool named =
		    decisions_accept(s->arena, s->options.decisions, c);

		for (size_t k = 0; k < c->findings.n; k++)
			c->findings.v[k].accepted = named;
		all &= named;
	}
	return all;
}

static bool
judge_step(struct sync *s, struct sentinel_context *ctx,
    const struct step *step, const struct findings *witnessed, struct err *err)
{
	struct findings seen = { 0 };
	bool accepted = accept_changes(s, step);
	struct judged j = {
		.step = step,
		.sql = step_sql(s->arena, &step->sql),
		.undo = step->undo.n ? step_sql(s->arena, &step->undo) : NULL,
	};

	if (s->db && !probe_changes(s, step, false, NULL, err))
		return false;
	if (s->db)
		say_keyless(s, step);
	for (size_t i = 0; i < step->changes.n; i++)
		add_all(s->arena, &j.findings, &step->changes.v[i]->findings);
	j.online = step_online_sql(s->arena, step);
	ask_sentinel(s, ctx, step,
	    j.online ? arena_fmt(s->arena, "%s%s", j.online, j.sql) : j.sql,
	    &seen);
	add_unknown(s->arena, &j.findings, step, &seen);
	add_unknown(s->arena, &j.findings, step, witnessed);
	j.verdict = findings_verdict(&j.findings);
	for (size_t i = 0; accepted && i < j.findings.n; i++)
		j.findings.v[i].accepted = true;
	for (size_t i = 0; i < j.findings.n; i++)
		j.refused |= !finding_passes(&s->options, &j.findings.v[i]);
	vec_push(s->arena, &s->steps, j);
	return true;
}

/* A question is open only while the answer matters: nothing is lost where the
 * column that goes is empty, nor where the loss was accepted. */
static void
keep_unresolved(struct sync *s)
{
	const struct unresolved_list *all = &s->plan->diff->unresolved;

	s->unresolved = (struct unresolved_list){ 0 };
	for (size_t i = 0; i < all->n; i++) {
		const struct change *c = all->v[i].drop;
		bool open = false;

		for (size_t k = 0; k < c->findings.n; k++)
			open |= !finding_passes(&s->options, &c->findings.v[k]);
		if (open)
			vec_push(s->arena, &s->unresolved, all->v[i]);
	}
}

bool
judge(struct sync *s, struct err *err)
{
	struct findings *seen =
	    arena_array(s->arena, struct findings, s->plan->steps.n + 1);
	struct sentinel_context ctx = { 0 };
	char hex[HASH_HEX];

	if (s->db && !only_creates(s->plan) &&
	    !shadow_witness(s->arena, s->db, s->plan, s->target, seen, err))
		return false;
	vec_reserve(s->arena, &s->steps, s->plan->steps.n);
	s->verdict = VERDICT_SAFE;
	s->refused = false;
	for (size_t i = 0; i < s->plan->steps.n; i++)
		if (!judge_step(s, &ctx, s->plan->steps.v[i], &seen[i], err))
			return false;
	keep_unresolved(s);
	sync_hash(s, hex);
	if (s->options.confirmed && !strcmp(s->options.confirmed, hex)) {
		for (size_t i = 0; i < s->steps.n; i++)
			s->steps.v[i].refused = false;
		s->unresolved.n = 0;
	}
	for (size_t i = 0; i < s->steps.n; i++) {
		s->refused |= s->steps.v[i].refused;
		if (s->steps.v[i].verdict == VERDICT_DESTRUCTIVE)
			s->verdict = VERDICT_DESTRUCTIVE;
	}
	s->refused |= s->unresolved.n > 0;
	return true;
}
