#include "db/db.h"
typedef int db_is_empty;
