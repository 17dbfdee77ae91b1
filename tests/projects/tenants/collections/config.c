#include <deesse/dsl.h>

CONFIG(.dialect = "postgres", .schemas = VALUES("app"),
    .protect = VALUES("production"));
