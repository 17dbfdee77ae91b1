#include <deesse/dsl.h>

/* Names that fit, and those made of them that are cut to the same. */
COLLECTION(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa12345) = {
	TEXT(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabcde, .unique = true, .max = 4, .index = true),
	TEXT(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabcdf, .unique = true, .max = 4, .index = true),
	RELATION(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaax, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa12346),
	RELATION(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaay, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa12346, .on_delete = CASCADE),
};

COLLECTION(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa12346) = {
	TEXT(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabcde, .unique = true),
	ENUM(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabcdf, .values = VALUES("x")),
};

#define TEN(n) INTEGER(n##0), INTEGER(n##1), INTEGER(n##2), INTEGER(n##3), \
    INTEGER(n##4), INTEGER(n##5), INTEGER(n##6), INTEGER(n##7), \
    INTEGER(n##8), INTEGER(n##9)
#define HUNDRED(n) TEN(n##0), TEN(n##1), TEN(n##2), TEN(n##3), TEN(n##4), \
    TEN(n##5), TEN(n##6), TEN(n##7), TEN(n##8), TEN(n##9)
#define THOUSAND(n) HUNDRED(n##0), HUNDRED(n##1), HUNDRED(n##2), \
    HUNDRED(n##3), HUNDRED(n##4), HUNDRED(n##5), HUNDRED(n##6), \
    HUNDRED(n##7), HUNDRED(n##8), HUNDRED(n##9)
COLLECTION(wide) = { THOUSAND(a), THOUSAND(b) };
