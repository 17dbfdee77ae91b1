#include "sql/lex.h"
typedef int sql_is_empty;
