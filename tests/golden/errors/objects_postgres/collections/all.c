#include <deesse/dsl.h>

SEQUENCE(no, .start = "many");
DOMAIN_TYPE(email);
VIEW(posts, .sql = "SELECT 1");

COLLECTION(posts, .id = ID_NONE) = {
	INTEGER(nr),
	POLICY(a, .on = "everything", .using = "true"),
	POLICY(b),
	TRIGGER(t, .event = "after insert"),
	PARTITION_BY(SOME, .on = {"nr"}),
	PARTITION(p, .from = "1", .rest = true),
	PARTITION(q),
	EXCLUDE(e, .on = {"nr"}),
};
