#include <deesse/dsl.h>

COLLECTION(s05) = { TEXT(t), CHECK(c, t <> '') };
