/* hash.h - SHA-256 of contents: the cache's keys, a plan's confirmation. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <nettle/sha2.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define HASH_SIZE SHA256_DIGEST_SIZE
#define HASH_HEX (2 * HASH_SIZE + 1)

struct hash {
	struct sha256_ctx ctx;
};

/* Begins a hash. */
void hash_init(struct hash *h);

/* Adds n bytes, without their length: add separators yourself. */
void hash_add(struct hash *h, const void *p, size_t n);

/* Adds the string with its terminator, "" where it is NULL. */
void hash_adds(struct hash *h, const char *s);

/* Writes the digest as terminated hexadecimal; the hash begins anew. */
void hash_hex(struct hash *h, char hex[HASH_HEX]);

/* Writes the digest of the file's content. */
bool hash_file(char hex[HASH_HEX], const char *path, struct err *err);

#endif
