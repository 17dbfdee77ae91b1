#include <deesse/dsl.h>

CONFIG(.database_env = "EVERY_URL", .dialect = "postgres", .role = "owner",
    .schemas = VALUES("public", "app"), .protect = VALUES("production"),
    .debounce_ms = 50);
