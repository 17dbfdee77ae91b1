/* verdict - the words in which a change is judged */
#include "base/verdict.h"

#include <string.h>

static const char *const classes[CLASS_COUNT] = {
	[CLASS_DATA_LOSS] = "data-loss",
	[CLASS_DATA_DEPENDENT] = "data-dependent",
	[CLASS_BLOCKING] = "blocking",
	[CLASS_COMPATIBILITY] = "compatibility",
	[CLASS_AUTHORIZATION] = "authorization",
	[CLASS_OPAQUE] = "opaque",
	[CLASS_STYLE] = "style",
};

const char *
verdict_name(enum verdict v)
{
	return v == VERDICT_SAFE ? "safe" : "destructive";
}

const char *
class_name(enum finding_class c)
{
	return classes[c];
}

bool
class_parse(enum finding_class *c, const char *name)
{
	for (int i = 0; i < CLASS_COUNT; i++) {
		if (strcmp(classes[i], name))
			continue;
		*c = (enum finding_class)i;
		return true;
	}
	return false;
}

enum verdict
findings_verdict(const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].destructive && !f->v[i].cleared)
			return VERDICT_DESTRUCTIVE;
	return VERDICT_SAFE;
}
