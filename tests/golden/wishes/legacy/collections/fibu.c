/* A database that others made, long ago. */
#include <deesse/dsl.h>

#define FIBU .schema = "FiBu", .id = ID_NONE, .no_timestamps = true

COLLECTION(kunde, .table = "KUNDEN-STAMM", FIBU) = {
	COLUMN(kdnr, .column = "Kd-Nr.", .type = "char(10)",
	    .primary_key = true, .comment = "natural key, blank padded"),
	TEXT(order_, .column = "order", .max = 40),
	TEXT(class_, .column = "class"),
	TEXT(anschrift, .column = "Anschrift 1"),
	INTEGER(typ, .column = "TYP", .bits = 16, .default_value = "0"),
	DATE(angelegt, .column = "ANGELEGT_AM"),
	COLUMN(aktiv, .column = "AKTIV", .type = "character(1)",
	    .check = "\"AKTIV\" IN ('J', 'N')", .default_value = "J"),
	HAS_MANY(artikel, artikel, .through = "kunde_artikel"),
	CHECK(typ, "\"TYP\" IN (0, 1, 2)", .name = "CK_KUNDE$TYP"),
};

COLLECTION(artikel, .table = "ARTIKEL", FIBU, .constraint = "PK-ARTIKEL") = {
	TEXT(artnr, .column = "ART NR", .primary_key = true),
	TEXT(bez, .column = "BEZ", .collate = "C"),
	DECIMAL(preis, .column = "PREIS", .precision = 9, .scale = 3),
};

COLLECTION(kunde_artikel, .table = "KD_ART", FIBU) = {
	RELATION(kunde, kunde, .column = "KDNR", .on_delete = CASCADE,
	    .primary_key = true, .constraint = "FK$1", .deferrable = true),
	RELATION(artikel, artikel, .column = "ARTNR", .references = "artnr",
	    .on_delete = RESTRICT, .primary_key = true, .constraint = "FK$2",
	    .match = "FULL"),
	DECIMAL(rabatt, .column = "RABATT", .precision = 5, .scale = 2),
	DATE(seit, .column = "SEIT"),
	INDEX(rabatt, .on = {"rabatt", "seit"}, .name = "IX-1"),
};

/* Its name is that of another but for the case. */
COLLECTION(kunde_alt, .table = "kunden-stamm", FIBU) = {
	TEXT(x),
};

COLLECTION(odd, .table = "drop table x; --", FIBU) = {
	TEXT(quote, .column = "it's \"quoted\""),
};
