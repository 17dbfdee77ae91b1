#include <deesse/dsl.h>

/* What a table has from above: said nowhere, said again, said otherwise. */

ENUM_TYPE(mood, VALUES("sad", "ok"), .only = POSTGRES);

COLLECTION(things, .id = ID_NONE, .no_timestamps = true, .only = POSTGRES) = {
	TEXT(name, .max = 100, .required = true, .comment = "as it is called"),
	INTEGER(size, .min = "0", .default_value = "1"),
	REAL(weight),
	DECIMAL(price, .precision = 8, .scale = 2),
	BOOLEAN(new, .default_value = "true"),
	TIMESTAMP(made),
	DATE(day),
	UUID(token, .default_sql = NEW_UUID),
	JSON(notes),
	BLOB(picture),
	ENUM(feels, .type = "mood", .default_value = "ok"),
	RELATION(owner, people),
	TIME(opens),
	INTERVAL(lasts),
	VECTOR(likeness, .dimensions = 3),
	COLUMN(words, .type = "tsvector"),
	INTEGER(twice, .generated = "size * 2", .stored = true),
	CHECK(cheap, "price < 1000"),
	CHECK(here, "size <> 3", .no_inherit = true),
	CHECK(later, "size <> 4", .not_valid = true),
};

COLLECTION(people, .force_row_security = true, .row_security_off = true,
    .only = POSTGRES) = {
	TEXT(name),
};

COLLECTION(books, .inherits = VALUES("things"), .only = POSTGRES) = {
	TEXT(isbn, .unique = true),
	INDEX(named, .on = {"name", "owner"}),
	CHECK(light, "weight < 10"),
};

COLLECTION(atlases, .inherits = VALUES("books"), .id = ID_NONE,
    .no_timestamps = true, .only = POSTGRES) = {
	TEXT(name, .max = 100, .inherited = true, .default_value = "atlas"),
	INTEGER(size, .inherited = true, .default_sql = "NULL"),
	REAL(weight, .inherited = true, .required = true),
	DECIMAL(price, .precision = 8, .scale = 2, .inherited = true,
	    .comment = "with tax"),
	BOOLEAN(new, .inherited = true, .default_value = "false"),
	TIMESTAMP(made, .inherited = true, .default_sql = NOW),
	DATE(day, .inherited = true, .required = true),
	UUID(token, .inherited = true, .required = true),
	JSON(notes, .inherited = true, .required = true),
	BLOB(picture, .inherited = true, .required = true),
	ENUM(feels, .type = "mood", .inherited = true, .default_value = "sad"),
	RELATION(owner, people, .inherited = true, .required = true),
	TIME(opens, .inherited = true, .required = true),
	INTERVAL(lasts, .inherited = true, .required = true),
	VECTOR(likeness, .dimensions = 3, .inherited = true, .required = true),
	COLUMN(words, .type = "tsvector", .inherited = true, .required = true),
	PRIMARY_KEY(.on = {"isbn"}),
};

COLLECTION(boats, .id = ID_NONE, .no_timestamps = true, .only = POSTGRES) = {
	INTEGER(size),
	INTEGER(masts),
};

COLLECTION(houseboats, .inherits = VALUES("boats", "things"), .id = ID_NONE,
    .no_timestamps = true, .only = POSTGRES) = {
	INTEGER(masts, .required = true),
	CHECK(cheap, "price < 1000", .name = "things_cheap"),
};
