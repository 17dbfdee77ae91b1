/* hash - SHA-256 of contents */
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void
hash_init(struct hash *h)
{
	sha256_init(&h->ctx);
}

void
hash_add(struct hash *h, const void *p, size_t n)
{
	sha256_update(&h->ctx, n, p);
}

void
hash_adds(struct hash *h, const char *s)
{
	if (!s)
		s = "";
	hash_add(h, s, strlen(s) + 1);
}

void
hash_hex(struct hash *h, char hex[HASH_HEX])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t d[HASH_SIZE];

	sha256_digest(&h->ctx, sizeof(d), d);
	for (size_t i = 0; i < sizeof(d); i++) {
		hex[2 * i] = digits[d[i] >> 4];
		hex[2 * i + 1] = digits[d[i] & 15];
	}
	hex[2 * HASH_SIZE] = '\0';
}

bool
hash_file(char hex[HASH_HEX], const char *path, struct err *err)
{
	struct hash h;
	char block[16384];
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_fail(
		    err, "cannot read %s: %s", path, strerror(errno));
	hash_init(&h);
	while ((n = read(fd, block, sizeof(block))) > 0)
		hash_add(&h, block, (size_t)n);
	if (n < 0)
		err_fail(err, "cannot read %s: %s", path, strerror(errno));
	close(fd);
	hash_hex(&h, hex);
	return n == 0;
}
