/* judge_enum - what it means to change the labels of an enum type */
#include "diff/judge.h"

#include <string.h>

void
judge_rename_enum(struct pass *p, struct change *c)
{
	judge_note(p, c, JUDGE_RENAME_ENUM, c->old_enum->name, NULL,
	    c->new_enum->name);
}

static bool
has_label(const struct names *labels, const char *label)
{
	for (size_t i = 0; i < labels->n; i++)
		if (!strcmp(labels->v[i], label))
			return true;
	return false;
}

const char *
enum_label_now(
    const struct enum_type *old, const struct enum_type *new, const char *label)
{
	for (size_t i = 0; i + 1 < new->labels_was.n; i += 2)
		if (!strcmp(new->labels_was.v[i], label) &&
		    has_label(&new->labels, new->labels_was.v[i + 1]) &&
		    !has_label(&old->labels, new->labels_was.v[i + 1]) &&
		    !has_label(&new->labels, label))
			return new->labels_was.v[i + 1];
	return label;
}

bool
enum_grows(const struct enum_type *old, const struct enum_type *new)
{
	size_t at = 0;

	for (size_t i = 0; i < old->labels.n; i++) {
		const char *label = enum_label_now(old, new, old->labels.v[i]);

		while (at < new->labels.n && strcmp(new->labels.v[at], label))
			at++;
		if (at++ == new->labels.n)
			return false;
	}
	return true;
}

void
judge_alter_enum(struct pass *p, struct change *c)
{
	const struct enum_type *old = c->old_enum, *new = c->new_enum;
	bool lost = false;

	for (size_t i = 0; i < old->labels.n; i++) {
		const char *was = old->labels.v[i];
		const char *now = enum_label_now(old, new, was);

		if (strcmp(was, now))
			judge_note(
			    p, c, JUDGE_RENAME_LABEL, new->name, was, now);
		if (has_label(&new->labels, now))
			continue;
		judge_note(p, c, JUDGE_DROP_LABEL, new->name, was, NULL);
		lost = true;
	}
	c->phase = enum_grows(old, new) ? PHASE_RELAX : PHASE_TIGHTEN;
	if (!lost && c->phase == PHASE_TIGHTEN)
		judge_note(p, c, JUDGE_REORDER_LABELS, new->name, NULL, NULL);
}

void
judge_drop_enum(struct pass *p, struct change *c)
{
	c->phase = PHASE_TIGHTEN;
	judge_note(p, c, JUDGE_DROP_ENUM, c->old_enum->name, NULL, NULL);
}
