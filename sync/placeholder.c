#include "base/err.h"
typedef int sync_is_empty;
