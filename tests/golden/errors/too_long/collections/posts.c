#include <deesse/dsl.h>

COLLECTION(a_table_with_a_name_that_has_far_more_than_the_sixty_three_bytes) = {
	TEXT(title),
	TEXT(a_column_with_a_name_that_has_far_more_than_the_sixty_three_bytes_),
	ENUM(kind, .values = VALUES("a value with a name that has far more than the sixty three bytes")),
	INDEX(an_index_with_a_name_that_is_not_short_at_all_either, .on = {"title"}),
	INTEGER(computed, .generated = "1"),
	TEXT(big, .max = 99999999),
};
