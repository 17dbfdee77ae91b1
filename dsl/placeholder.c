#include "dsl/dsl.h"
typedef int dsl_is_empty;
