#include <deesse/dsl.h>

COLLECTION(things, .comment = "One of each") = {
	TEXT(text),
	TEXT(bounded, .min = 2, .max = 10, .required = true, .unique = true,
	    .index = true, .comment = "two to ten"),
	TEXT(lower, .lowercase = true, .check = "lower <> 'root'"),
	TEXT(code, .match = "^[A-Z0-9-]+$"),
	INTEGER(whole),
	INTEGER(small, .bits = 16, .min = "-5", .max = "5"),
	INTEGER(medium, .bits = 32),
	INTEGER(large, .bits = 64, .min = "0"),
	REAL(fraction, .min = "0.5", .max = "1e3"),
	DECIMAL(number),
	DECIMAL(price, .precision = 12, .scale = 2, .min = "0"),
	BOOLEAN(flag),
	TIMESTAMP(moment),
	TIMESTAMP(wall_clock, .local = true),
	DATE(day),
	UUID(uuid),
	JSON(data),
	JSON(plain, .plain = true),
	BLOB(bytes),
	BLOB(few, .max = 16),
	ENUM(state, .values = VALUES("new", "it's", "done"),
	    .values_was = WAS("old", "new")),
	INTEGER(twice, .generated = "whole * 2", .stored = true),
};

COLLECTION(checked, .strict = true, .id = ID_UUID) = {
	TEXT(text),
	BOOLEAN(flag),
	DECIMAL(number, .precision = 4, .scale = 1),
	DATE(day),
	TIMESTAMP(moment),
	JSON(data),
};
