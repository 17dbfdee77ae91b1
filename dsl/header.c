/* header - deesse/dsl.h, written where the compiler finds it */
#include "dsl/header.h"

#include "base/file.h"
#include "dsl/dsl.h"

const char dsl_compile_flags[] = "-xc\n-std=c11\n-I../.deesse/include\n";

bool
dsl_write_header(const char *state_dir, struct err *err)
{
	struct arena a = { 0 };
	const char *dir = file_join(&a, state_dir, "include/deesse");
	const char *path = file_join(&a, dir, "dsl.h");
	bool ok;

	ok = file_mkdirs(state_dir, 0700, err) && file_mkdirs(dir, 0700, err) &&
	     file_remake(path, dsl_header_text, dsl_header_size, err);
	arena_release(&a);
	return ok;
}
