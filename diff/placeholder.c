#include "diff/diff.h"
typedef int diff_is_empty;
