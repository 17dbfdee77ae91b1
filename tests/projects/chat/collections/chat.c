#include <deesse/dsl.h>

COLLECTION(people) = {
	TEXT(name, .required = true, .max = 60),
	TIME(quiet_from),
	TIME(quiet_to),
	HAS_MANY(friends, people, .through = "friendships", .from = "one",
	    .to = "other"),
};

COLLECTION(friendships, .id = ID_NONE, .no_timestamps = true,
    .without_rowid = true) = {
	RELATION(one, people, .on_delete = CASCADE, .primary_key = true,
	    .required = true),
	RELATION(other, people, .on_delete = CASCADE, .primary_key = true,
	    .required = true),
	CHECK(not_oneself, "one_id < other_id"),
};

COLLECTION(rooms, .strict = true) = {
	TEXT(topic),
	BOOLEAN(closed, .default_value = "false", .required = true),
	RELATION(
	    last_message, messages, .on_delete = SET_NULL, .deferrable = true),
};

COLLECTION(messages) = {
	RELATION(room, rooms, .required = true, .on_delete = CASCADE),
	RELATION(sender, people, .on_delete = SET_NULL),
	RELATION(reply_to, messages, .on_delete = SET_NULL),
	TEXT(text, .max = 4000),
	JSON(attachments),
	TIMESTAMP(edited_at),
	TIMESTAMP(order, .column = "order", .default_sql = NOW),
	CHECK(says_something, "text IS NOT NULL OR attachments IS NOT NULL"),
	INDEX(history, .on = { "room", DESC("created_at"), DESC("id") }),
};

COLLECTION(reads, .id = ID_NONE, .no_timestamps = true) = {
	RELATION(person, people, .on_delete = CASCADE, .primary_key = true,
	    .required = true),
	RELATION(room, rooms, .on_delete = CASCADE, .primary_key = true,
	    .required = true),
	RELATION(upto, messages, .on_delete = CASCADE, .required = true),
};

COLLECTION(reactions) = {
	RELATION(message, messages, .on_delete = CASCADE, .required = true),
	RELATION(person, people, .on_delete = CASCADE, .required = true),
	TEXT(emoji, .required = true, .max = 8, .default_value = "👍"),
	UNIQUE(once, .on = { "message", "person", "emoji" }),
};
