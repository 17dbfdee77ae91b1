#include <deesse/dsl.h>

/* The database: a URL here, or --database, or DATABASE_URL. */
CONFIG(.database = "sqlite:app.db");
