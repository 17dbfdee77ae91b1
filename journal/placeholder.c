#include "base/err.h"
typedef int journal_is_empty;
