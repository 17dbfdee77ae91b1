#include "schema/schema.h"
typedef int schema_is_empty;
