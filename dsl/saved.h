/* saved.h - compiled collections as a file. Internal to dsl/. */
#ifndef DSL_SAVED_H
#define DSL_SAVED_H

#include "dsl/dsl.h"

/* Is the place of the collections such a file, and no folder? */
bool saved_is(const char *path);

/* Reads the schema of the dialect, or CONFIG; NULL and false on error. */
struct schema *saved_schema(
    struct arena *a, const struct dsl_options *options, struct err *err);
bool saved_config(struct arena *a, const char *path, struct dsl_config *config,
    struct err *err);

#endif
