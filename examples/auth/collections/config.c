#include <deesse/dsl.h>

CONFIG(.database = "sqlite:auth.db");
