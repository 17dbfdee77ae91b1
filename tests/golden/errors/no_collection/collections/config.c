#include <deesse/dsl.h>

CONFIG(.database = "sqlite:x.db");
