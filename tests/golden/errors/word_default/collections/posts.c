#include <deesse/dsl.h>
COLLECTION(posts) = {
	TEXT(state, .default_sql = "draft"),
	TIMESTAMP(seen, .default_sql = "now"),
	INTEGER(views, .default_sql = "zero"),
	BOOLEAN(open, .default_sql = "TRUE"),
	DATE(due, .default_sql = "current_date"),
};
