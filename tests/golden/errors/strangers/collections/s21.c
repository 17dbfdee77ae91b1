#include <deesse/dsl.h>

COLLECTION(s21) = { COLUMN(t, "tsvector") };
