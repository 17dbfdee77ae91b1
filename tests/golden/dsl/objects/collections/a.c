#include "types.h"

IGNORE("audit_*", "tmp");

VIEW(glad, .sql = "SELECT id, " NOW " AS seen FROM people WHERE mood = 'good'");
VIEW(counts, .materialized = true, .only = POSTGRES, .schema = "stats",
    .sql = "SELECT count(*) FROM people");
EXTENSION(uuid, .name = "uuid-ossp", .schema = "ext", .version = "1.1",
    .only = POSTGRES);
DOMAIN_TYPE(email, .type = "varchar(80)", .check = "VALUE LIKE '%@%'",
    .required = true, .default_sql = "'a@b'", .collate = "C",
    .only = POSTGRES);
SEQUENCE(no, .type = "integer", .start = "5", .increment = "-1", .min = "-9",
    .max = "9", .cache = "2", .cycle = true, .owned_by = "people.id",
    .only = POSTGRES);

COLLECTION(people) = {
	ENUM(mood, .type = mood, .default_value = "good"),
	COLUMN(email, .type = "email", .only = POSTGRES),
	TIMESTAMP(seen),
#ifdef DEESSE_POSTGRES
	HAS_ONE(desk, desks),
#endif
	TRIGGER(see, .event = "AFTER UPDATE OF mood", .when = "NEW.mood = 'bad'",
	    .sql = "UPDATE people SET seen = " NOW " WHERE id = NEW.id;",
	    .execute = "see()"),
	TRIGGER(each, .event = "AFTER INSERT", .statement = true,
	    .execute = "counted('x')", .only = POSTGRES),
	POLICY(own, .on = "select", .to = VALUES("pg_monitor", "pg_read_all_data"),
	    .using = "email = current_user", .only = POSTGRES),
	POLICY(no_bad, .on = "insert", .with_check = "mood <> 'bad'",
	    .restrictive = true, .only = POSTGRES),
};
