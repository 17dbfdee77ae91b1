#include "sentinel/sentinel.h"
typedef int sentinel_is_empty;
