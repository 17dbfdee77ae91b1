#include "transpile/transpile.h"
typedef int transpile_is_empty;
