#include <deesse/dsl.h>

COLLECTION(streams, .id = ID_UUID, .no_timestamps = true) = {
	TEXT(kind, .required = true),
	INTEGER(version, .default_value = "0", .required = true, .min = "0"),
};

COLLECTION(events, .id = ID_NONE, .no_timestamps = true) = {
	INTEGER(position, .primary_key = true, .required = true,
	    .identity = "always", .only = POSTGRES),
	INTEGER(position, .primary_key = true, .autoincrement = true,
	    .only = SQLITE),
	RELATION(stream, streams, .required = true, .on_delete = RESTRICT),
	INTEGER(version, .required = true, .min = "1"),
	TEXT(kind, .required = true),
	JSON(data, .required = true),
	JSON(meta, .default_value = "{}", .required = true),
	TIMESTAMP(recorded_at, .default_sql = NOW, .required = true),
	UNIQUE(in_order, .on = { "stream", "version" }),
	INDEX(kind, .on = { "kind", "position" }),
};

COLLECTION(snapshots, .id = ID_NONE, .no_timestamps = true) = {
	RELATION(stream, streams, .primary_key = true, .required = true,
	    .on_delete = CASCADE),
	INTEGER(version, .required = true),
	JSON(state, .required = true, .plain = true),
};

COLLECTION(projections, .id = ID_NONE) = {
	TEXT(name, .primary_key = true, .required = true),
	INTEGER(position, .default_value = "0", .required = true),
};
