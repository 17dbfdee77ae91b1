#include <deesse/dsl.h>

EXTENSION(cube, .only = POSTGRES);

EXTENSION(earthdistance, .only = POSTGRES);
COLLECTION(places) = {
	TEXT(name, .required = true),
	REAL(lat, .min = "-90", .max = "90", .required = true),
	REAL(lon, .min = "-180", .max = "180", .required = true),
	REAL(outline, .array = true),
	TEXT(names, .array = true, .default_value = "{}", .required = true),
	COLUMN(spot, .type = "point", .only = POSTGRES),
	COLUMN(box, .type = "box", .only = POSTGRES),
	COLUMN(opening, .type = "tstzrange", .only = POSTGRES),
	INDEX(where_, .name = "places_where", .on = { "lat", "lon" }),
	INDEX(spot, .on = { "spot" }, .method = "gist", .only = POSTGRES),
	INDEX(near, .on = { EXPR("ll_to_earth(lat, lon)") }, .method = "gist",
	    .only = POSTGRES),
};

COLLECTION(routes) = {
	RELATION(start, places, .required = true, .on_delete = CASCADE),
	RELATION(finish, places, .required = true, .on_delete = CASCADE),
	DECIMAL(km, .precision = 8, .scale = 3, .min = "0"),
	INTEGER(
	    minutes, .generated = "CAST(km * 12 AS integer)", .stored = true),
	CHECK(moves, "start_id <> finish_id"),
	HAS_MANY(
	    stops, places, .through = "stops", .from = "route", .to = "place"),
};

COLLECTION(stops, .id = ID_NONE, .no_timestamps = true) = {
	RELATION(route, routes, .required = true, .on_delete = CASCADE,
	    .primary_key = true),
	INTEGER(position, .required = true, .primary_key = true),
	RELATION(place, places, .required = true),
};
