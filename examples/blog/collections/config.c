#include <deesse/dsl.h>

CONFIG(.database = "sqlite:blog.db");
