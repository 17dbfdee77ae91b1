/* Full text, likeness of letters, likeness of meaning. */
#include <deesse/dsl.h>

EXTENSION(pg_trgm, .only = POSTGRES);
EXTENSION(vector, .only = POSTGRES);

DOMAIN_TYPE(language, .type = "varchar(12)", .check = "VALUE ~ '^[a-z]+$'",
    .only = POSTGRES);

COLLECTION(documents) = {
	TEXT(title, .required = true),
	TEXT(body, .required = true),
	COLUMN(lang, .type = "language", .default_value = "english",
	    .required = true),
	VECTOR(embedding, .dimensions = 1536),
	COLUMN(search, .type = "tsvector", .stored = true,
	    .generated = "setweight(to_tsvector('english'::regconfig, title), "
			 "'A') || to_tsvector('english'::regconfig, body)"),
	INDEX(embedding, .on = {OPS("embedding", "vector_cosine_ops")},
	    .method = "ivfflat", .with = "lists = 100"),
	INDEX(title_trgm, .on = {OPS("title", "gin_trgm_ops")},
	    .method = "gin"),
	INDEX(fts, .on = {"search"}, .method = "gin"),
	INDEX(body_fts, .method = "gin",
	    .on = {EXPR("to_tsvector('english'::regconfig, body)")}),
};

VIEW(titles, .materialized = true, .only = POSTGRES,
    .sql = "SELECT id, title FROM documents");
