#include "base/err.h"
typedef int shadow_is_empty;
