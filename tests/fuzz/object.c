/* object - any bytes read as an object file
 *
 * Seeds are real objects: the blog's, compiled by each compiler. What is read
 * is walked as lowering would walk it, and left as it would be left, so that a
 * pointer that was believed wrongly, or into what is gone, is followed here and
 * not in front of a user.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dsl/object.h"
#include "dsl/options.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t
walk_list(const char *const *list, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; list && i < max && list[i]; i++)
		n += strlen(list[i]);
	return n;
}

static size_t
walk(const struct deesse_item *item)
{
	const struct kind *k = kind_of(item->kind);
	size_t n = strlen(item->name) + strlen(item->file);

	for (size_t i = 0; i < k->n; i++) {
		const struct option *o = &k->options[i];
		const void *at = (const char *)item + o->offset;
		const struct deesse_was *was = at;
		const char *text;

		switch (o->type) {
		case OPTION_TEXT:
			text = *(const char *const *)at;
			n += text ? strlen(text) : 0;
			break;
		case OPTION_WAS:
			n += walk_list(was->list, SIZE_MAX);
			n += was->one ? strlen(was->one) : 0;
			break;
		case OPTION_LIST:
			n += walk_list(
			    *(const char *const *const *)at, SIZE_MAX);
			break;
		case OPTION_PARTS:
			n += walk_list(at, DEESSE_PARTS);
			break;
		default:
			break;
		}
	}
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct declared out = { 0 };
	struct arena a = { 0 };
	struct err err = { 0 };
	const char *culprit;
	/* of its very size, so that a read behind it is seen */
	void *bytes = malloc(size ? size : 1);
	size_t n = 0;

	if (!bytes)
		abort();
	if (size)
		memcpy(bytes, data, size);
	if (object_read(&a, &out, "x.o", bytes, size, &culprit, &err)) {
		object_sort(&out);
		for (size_t i = 0; i < out.collections.n; i++) {
			n += walk(&out.collections.v[i].head->item);
			for (size_t k = 0; k < out.collections.v[i].n; k++)
				n += walk(out.collections.v[i].items[k]);
			object_leave(&out, &out.collections.v[i]);
		}
		n += out.config ? walk(&out.config->item) : 0;
	}
	if (n == SIZE_MAX) /* so that no read is optimised away */
		abort();
	err_release(&err);
	arena_release(&a);
	free(bytes);
	return 0;
}
