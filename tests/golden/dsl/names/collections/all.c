#include <deesse/dsl.h>

/* reserved words, capitals, spaces: names are quoted where they must be */
COLLECTION(select, .was = "choose") = {
	TEXT(order, .max = 3),
	TEXT(group, .was = WAS("grp", "grouping"), .unique = true,
	    .constraint = "FK$1"),
	RELATION(table, select, .was = "parent"),
	ENUM(type, .values = VALUES("a"), .was = "kind"),
	CHECK(check, "\"order\" <> 'x'"),
	INDEX(index, .on = {"order", "group"}, .was = "sorted"),
	UNIQUE(where, .on = {"order"}),
};

COLLECTION(kunde, .table = "KUNDEN-STAMM", .schema = "FiBu",
    .constraint = "KUNDEN PK") = {
	TEXT(kdnr, .column = "Kd-Nr.", .max = 10, .required = true),
	ENUM(art, .column = "Art", .values = VALUES("A", "B")),
	INDEX(nr, .on = {"kdnr"}, .name = "IX-1"),
};

COLLECTION(a_collection_whose_name_is_rather_long_for_a_table) = {
	TEXT(and_a_field_whose_name_is_long, .unique = true, .index = true),
	RELATION(and_a_relation_whose_name_is_long, kunde),
	ENUM(and_an_enum_whose_name_is_long_too, .values = VALUES("x")),
};
