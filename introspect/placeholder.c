#include "introspect/introspect.h"
typedef int introspect_is_empty;
