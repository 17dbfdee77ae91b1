/* image.h - the data of an object file, as it would lie in memory.
 *
 * The file is the image: the absolute relocations between the sections that
 * occupy memory are applied where they lie in the file's bytes. Nothing is
 * linked, loaded or run. What the bytes say is not believed: any file gives an
 * image or an error, and a pointer found in an image is to be used only after
 * image_holds or image_text said that it points into it.
 */
#ifndef DSL_IMAGE_H
#define DSL_IMAGE_H

#include "base/err.h"
#include "base/map.h"
#include "base/vec.h"

struct span {
	const char *data;
	size_t size;
	bool texts; /* image_text found one in it */
};
VEC(spans, struct span);

struct image_symbol {
	const char *name;
	const void *data;
	size_t size;
};
VEC(image_symbols, struct image_symbol);

struct image {
	const char *name;             /* for messages */
	struct spans spans;           /* the sections, by address */
	struct image_symbols symbols; /* that begin with deesse_ */
	struct arena brief;           /* which they are in: image_forget */
};

/* Reads the n bytes of a relocatable ELF object of 64 bits, for x86-64 or
 * aarch64. The bytes are aligned as malloc does it; they become the image, so
 * they are changed, even where there is an error, and must stay as long as it
 * is used. What else is in them may be gone afterwards. A constructor, or a
 * reference to what the object does not define, is refused: *culprit is then a
 * word to look for in the sources. */
bool image_read(struct arena *a, struct image *im, void *bytes, size_t n,
    const char **culprit, struct err *err);

/* Releases the symbols. */
void image_forget(struct image *im);

/* Do need bytes at p lie inside one section, aligned for a pointer? */
bool image_holds(const struct image *im, const void *p, size_t need);

/* Does a string begin at s and end inside the same section? */
bool image_text(struct image *im, const char *s);

/* Did image_text find one in the section that holds p? */
bool image_has_text(const struct image *im, const void *p);

/* Gives back the memory of the whole pages between two places in one section:
 * what stands there is lost. */
void image_give_back(const char *from, const char *to);

/* Gives back the memory of the sections in which image_text found nothing, the
 * greater part: what stands there is lost, and not to be read. */
void image_drop(struct image *im);

#endif
