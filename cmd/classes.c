/* classes - the classes of findings that options name */
#include <string.h>

#include "base/text.h"
#include "base/verdict.h"
#include "cmd/cmd.h"

bool
known_classes(const struct names *list, const char *option)
{
	for (size_t i = 0; i < list->n; i++) {
		const char *all[CLASS_COUNT], *near, *name;
		enum finding_class c;

		name = arena_strndup(
		    &cmd_arena, list->v[i], strcspn(list->v[i], ":"));
		if (class_parse(&c, name))
			continue;
		for (int k = 0; k < CLASS_COUNT; k++)
			all[k] = class_name((enum finding_class)k);
		near = text_nearest(name, all, CLASS_COUNT);
		usage_error("--%s: there is no class '%s'%s%s%s", option, name,
		    near ? "; did you mean '" : "", near ? near : "",
		    near ? "'?" : "");
		return false;
	}
	return true;
}
