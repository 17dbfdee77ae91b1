#include <deesse/dsl.h>

COLLECTION(locales, .id = ID_NONE, .no_timestamps = true) = {
	TEXT(
	    code, .primary_key = true, .required = true, .match = "^[a-z]{2}$"),
	TEXT(title, .required = true),
	RELATION(fallback, locales, .on_delete = SET_NULL),
};

COLLECTION(pages, .was = "documents") = {
	RELATION(parent, pages, .on_delete = CASCADE),
	TEXT(
	    path, .required = true, .unique = true, .was = WAS("url", "route")),
	INTEGER(position, .default_value = "0", .required = true),
	ENUM(layout, .values = VALUES("wide", "narrow", "it's odd"),
	    .default_value = "it's odd", .required = true),
	HAS_MANY(translations, page_texts, .by = "page"),
};

COLLECTION(page_texts, .table = "page-texts") = {
	RELATION(page, pages, .required = true, .on_delete = CASCADE,
	    .constraint = "text of page"),
	RELATION(locale, locales, .required = true, .column = "Locale"),
	TEXT(title, .required = true, .column = "Title"),
	TEXT(body, .column = "the body", .default_value = "-- nothing; yet"),
	UNIQUE(one, .on = { "page", "locale" }, .name = "one text a language"),
	INDEX(title, .on = { "title" }, .name = "by \"title\""),
};

COLLECTION(assets, .id = ID_UUID) = {
	TEXT(file, .required = true),
	TEXT(mime, .required = true, .check = "mime LIKE '%/%'"),
	INTEGER(bytes, .min = "0", .max = "9223372036854775807"),
	BLOB(sha256, .required = true, .unique = true,
	    .check = "length(sha256) = 32"),
	JSON(exif),
};
