/* image - the data of an object file, as it would lie in memory
 *
 * libelf finds its way through the file; the sums are ours to check, for the
 * file may be damaged or made to harm. As relocations are written into the
 * file's bytes, nothing that libelf still reads may share a byte with what is
 * written: no section overlaps another, or the headers. What has no bytes in
 * the file (.bss) has a limit.
 */
#include "dsl/image.h"

#include <gelf.h>
#include <libelf.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/text.h"

_Static_assert(sizeof(void *) == 8, "objects of 64 bits are read in place");

#define ZEROED_MAX ((size_t)16 << 20)
#define PREFIX "deesse_"

/* Where the relocations are that hold a whole pointer. */
static const struct machine {
	unsigned id, absolute;
} machines[] = {
	{ EM_X86_64, R_X86_64_64 },
	{ EM_AARCH64, R_AARCH64_ABS64 },
};

/* Sections whose contents would run before main, or after. */
static const char *const constructors[] = { ".init_array", ".preinit_array",
	".fini_array", ".ctors", ".dtors" };

/* Bytes of the file that nothing else may share. */
struct extent {
	size_t begin, end;
};
VEC(extents, struct extent);

struct reading {
	struct arena *arena;
	struct image *image;
	Elf *elf;
	const struct machine *machine;
	char *file;
	size_t file_size;
	size_t n, names; /* of sections; where their names are */
	char **places;   /* of each section that occupies memory, or NULL */
	size_t *sizes;
	struct extents extents;
	Elf_Data *symbols;
	size_t symbols_n, symbol_names;
	const char *culprit;
	struct err *err;
};

static bool
damaged(struct reading *r, const char *what)
{
	return err_fail(r->err, "%s is damaged: %s", r->image->name, what);
}

static bool
check_header(struct reading *r)
{
	GElf_Ehdr h;

	if (elf_kind(r->elf) != ELF_K_ELF || !gelf_getehdr(r->elf, &h))
		return err_fail(r->err, "%s is no object file", r->image->name);
	if (h.e_type != ET_REL)
		return err_fail(r->err,
		    "%s is not what a compiler writes with -c", r->image->name);
	for (size_t i = 0; i < sizeof(machines) / sizeof(*machines); i++)
		if (machines[i].id == h.e_machine)
			r->machine = &machines[i];
	if (gelf_getclass(r->elf) != ELFCLASS64 ||
	    h.e_ident[EI_DATA] != ELFDATA2LSB || !r->machine)
		return err_fail(r->err,
		    "%s is an object for another kind of machine; deesse "
		    "reads x86-64 and aarch64 (see -m32, -march, DEESSE_CC)",
		    r->image->name);
	if (elf_getshdrnum(r->elf, &r->n) ||
	    elf_getshdrstrndx(r->elf, &r->names))
		return damaged(r, "its sections cannot be found");
	return true;
}

static bool
is_constructor(const char *name, unsigned type)
{
	if (type == SHT_INIT_ARRAY || type == SHT_FINI_ARRAY ||
	    type == SHT_PREINIT_ARRAY)
		return true;
	for (size_t i = 0; i < sizeof(constructors) / sizeof(*constructors);
	     i++)
		if (text_starts(name, constructors[i]))
			return true;
	return false;
}

/* Notes that the n bytes at begin are taken. */
static bool
claim(struct reading *r, size_t begin, size_t n)
{
	if (begin > r->file_size || n > r->file_size - begin)
		return damaged(r, "a section is cut off");
	if (n)
		vec_push(
		    r->arena, &r->extents, (struct extent){ begin, begin + n });
	return true;
}

static int
by_begin(const void *a, const void *b)
{
	size_t p = ((const struct extent *)a)->begin;
	size_t q = ((const struct extent *)b)->begin;

	return p < q ? -1 : p > q;
}

static bool
check_extents(struct reading *r)
{
	struct extents *all = &r->extents;

	qsort(all->v, all->n, sizeof(*all->v), by_begin);
	for (size_t i = 1; i < all->n; i++)
		if (all->v[i].begin < all->v[i - 1].end)
			return damaged(r, "its sections overlap");
	return true;
}

static bool
refuse_constructor(struct reading *r, const char *name)
{
	r->culprit = "constructor";
	return err_fail(r->err,
	    "collections are data and never run: %s has a constructor (%s)",
	    r->image->name, *name ? name : "?");
}

/* Finds the place of section i, where it occupies memory. */
static bool
place_section(struct reading *r, size_t i, size_t *zeroed)
{
	Elf_Scn *s = elf_getscn(r->elf, i);
	const char *name;
	GElf_Shdr h;

	if (!s || !gelf_getshdr(s, &h))
		return damaged(r, "a section cannot be read");
	name = elf_strptr(r->elf, r->names, h.sh_name);
	if (is_constructor(name ? name : "", h.sh_type))
		return refuse_constructor(r, name ? name : "");
	if (h.sh_type != SHT_NOBITS && !claim(r, h.sh_offset, h.sh_size))
		return false;
	if (h.sh_type == SHT_SYMTAB && !r->symbols) {
		r->symbols = elf_getdata(s, NULL);
		r->symbols_n =
		    r->symbols ? r->symbols->d_size / sizeof(Elf64_Sym) : 0;
		r->symbol_names = h.sh_link;
	}
	if (!(h.sh_flags & SHF_ALLOC) || !h.sh_size)
		return true;
	if (h.sh_flags & SHF_COMPRESSED)
		return damaged(r, "a section in memory is compressed");
	r->sizes[i] = h.sh_size;
	if (h.sh_type != SHT_NOBITS) {
		r->places[i] = r->file + h.sh_offset;
		return true;
	}
	if (h.sh_size > ZEROED_MAX - *zeroed)
		return damaged(r, "it asks for too much memory");
	*zeroed += h.sh_size;
	r->places[i] = arena_alloc(r->arena, h.sh_size);
	return true;
}

static bool
place_sections(struct reading *r)
{
	size_t zeroed = 0;
	GElf_Ehdr h;

	if (r->n > r->file_size / sizeof(Elf64_Shdr))
		return damaged(r, "it has more sections than bytes");
	if (!gelf_getehdr(r->elf, &h) || !claim(r, 0, sizeof(Elf64_Ehdr)) ||
	    !claim(r, h.e_shoff, r->n * sizeof(Elf64_Shdr)))
		return damaged(r, "its sections cannot be found");
	r->places = arena_array(r->arena, char *, r->n + 1);
	r->sizes = arena_array(r->arena, size_t, r->n + 1);
	for (size_t i = 1; i < r->n; i++)
		if (!place_section(r, i, &zeroed))
			return false;
	return check_extents(r);
}

static bool
relocate_one(struct reading *r, Elf_Data *d, size_t i, size_t into)
{
	GElf_Rela rela;
	GElf_Sym sym;
	size_t offset, size;
	char *target;

	if (!gelf_getrela(d, (int)i, &rela))
		return damaged(r, "a relocation cannot be read");
	if (GELF_R_TYPE(rela.r_info) == 0)
		return true;
	if (!r->symbols ||
	    !gelf_getsym(r->symbols, (int)GELF_R_SYM(rela.r_info), &sym))
		return damaged(r, "a relocation has no symbol");
	/* code refers to code: it is not run, and nothing points to it */
	if (GELF_R_TYPE(rela.r_info) != r->machine->absolute ||
	    sym.st_shndx == SHN_UNDEF || sym.st_shndx >= r->n ||
	    !r->places[sym.st_shndx])
		return true;
	size = r->sizes[sym.st_shndx];
	offset = sym.st_value + (size_t)rela.r_addend;
	if (offset > size || r->sizes[into] < sizeof(target) ||
	    rela.r_offset > r->sizes[into] - sizeof(target))
		return damaged(r, "a relocation points outside");
	target = r->places[sym.st_shndx] + offset;
	memcpy(r->places[into] + rela.r_offset, &target, sizeof(target));
	return true;
}

static bool
relocate(struct reading *r)
{
	for (size_t i = 1; i < r->n; i++) {
		Elf_Scn *s = elf_getscn(r->elf, i);
		Elf_Data *d;
		GElf_Shdr h;
		size_t n;

		if (!s || !gelf_getshdr(s, &h))
			return damaged(r, "a section cannot be read");
		if (h.sh_type != SHT_RELA || h.sh_info >= r->n ||
		    !r->places[h.sh_info])
			continue;
		d = elf_getdata(s, NULL);
		if (!d || !d->d_buf || d->d_type != ELF_T_RELA)
			return damaged(r, "relocations are cut off");
		n = d->d_size / sizeof(Elf64_Rela);
		for (size_t k = 0; k < n; k++)
			if (!relocate_one(r, d, k, h.sh_info))
				return false;
	}
	return true;
}

static bool
take_symbol(struct reading *r, size_t i)
{
	struct image_symbol out;
	const char *name;
	GElf_Sym sym;

	if (!gelf_getsym(r->symbols, (int)i, &sym))
		return damaged(r, "a symbol cannot be read");
	name = elf_strptr(r->elf, r->symbol_names, sym.st_name);
	if (!name)
		return damaged(r, "a symbol has no name");
	if (sym.st_shndx == SHN_UNDEF && *name) {
		r->culprit = arena_strdup(r->arena, name);
		return err_fail(r->err,
		    "collections are data and never linked: %s refers to "
		    "'%s', which it does not define",
		    r->image->name, r->culprit);
	}
	if (!text_starts(name, PREFIX) || sym.st_shndx >= r->n ||
	    !r->places[sym.st_shndx])
		return true;
	if (sym.st_value > r->sizes[sym.st_shndx] ||
	    sym.st_size > r->sizes[sym.st_shndx] - sym.st_value)
		return damaged(r, "a symbol lies outside");
	out.name = arena_strdup(&r->image->brief, name);
	out.data = r->places[sym.st_shndx] + sym.st_value;
	out.size = sym.st_size;
	vec_push(&r->image->brief, &r->image->symbols, out);
	return true;
}

static bool
take_symbols(struct reading *r)
{
	if (!r->symbols || r->symbols->d_type != ELF_T_SYM ||
	    !r->symbols->d_buf)
		return damaged(r, "it has no symbols");
	for (size_t i = 1; i < r->symbols_n; i++)
		if (!take_symbol(r, i))
			return false;
	return true;
}

static int
by_address(const void *a, const void *b)
{
	uintptr_t p = (uintptr_t)((const struct span *)a)->data;
	uintptr_t q = (uintptr_t)((const struct span *)b)->data;

	return p < q ? -1 : p > q;
}

static void
take_spans(struct reading *r)
{
	for (size_t i = 1; i < r->n; i++)
		if (r->places[i])
			vec_push(r->arena, &r->image->spans,
			    (struct span){ r->places[i], r->sizes[i], false });
	if (r->image->spans.n)
		qsort(r->image->spans.v, r->image->spans.n,
		    sizeof(*r->image->spans.v), by_address);
}

void
image_give_back(const char *from, const char *to)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t begin = ((uintptr_t)from + page - 1) / page * page;
	uintptr_t end = (uintptr_t)to / page * page;

	if (begin < end)
		madvise((void *)begin, end - begin, MADV_DONTNEED);
}

/* Gives back what holds nothing of the image: its relocations and symbols are
 * about a third of a file. */
static void
drop_the_rest(const struct reading *r)
{
	const char *begin = r->file, *end = r->file + r->file_size;

	for (size_t i = 1; i < r->n; i++) {
		const char *last;

		if (!r->places[i] || r->places[i] < r->file ||
		    r->places[i] >= end)
			continue;
		last = r->places[i] + r->sizes[i];
		if (last > begin)
			begin = last;
	}
	image_give_back(begin, end);
}

bool
image_read(struct arena *a, struct image *im, void *bytes, size_t n,
    const char **culprit, struct err *err)
{
	struct reading r = { .arena = a,
		.image = im,
		.file = bytes,
		.file_size = n,
		.err = err };
	bool ok;

	elf_version(EV_CURRENT);
	r.elf = elf_memory(bytes, n);
	if (!r.elf)
		return err_fail(err, "%s is no object file", im->name);
	ok = check_header(&r) && place_sections(&r) && take_symbols(&r) &&
	     relocate(&r);
	if (ok)
		take_spans(&r);
	elf_end(r.elf);
	if (ok)
		drop_the_rest(&r);
	*culprit = r.culprit;
	return ok;
}

void
image_forget(struct image *im)
{
	arena_release(&im->brief);
	im->symbols = (struct image_symbols){ 0 };
}

void
image_drop(struct image *im)
{
	for (size_t i = 0; i < im->spans.n; i++) {
		struct span *s = &im->spans.v[i];

		if (!s->texts)
			image_give_back(s->data, s->data + s->size);
	}
}

/* Returns the section that holds p, or NULL. */
static struct span *
span_of(const struct image *im, const void *p)
{
	uintptr_t at = (uintptr_t)p;
	size_t low = 0, high = im->spans.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		struct span *s = &im->spans.v[mid];
		uintptr_t begin = (uintptr_t)s->data;

		if (at < begin)
			high = mid;
		else if (at - begin >= s->size)
			low = mid + 1;
		else
			return s;
	}
	return NULL;
}

bool
image_has_text(const struct image *im, const void *p)
{
	const struct span *s = span_of(im, p);

	return s && s->texts;
}

bool
image_holds(const struct image *im, const void *p, size_t need)
{
	const struct span *s = span_of(im, p);

	return s && (uintptr_t)p % sizeof(void *) == 0 &&
	       s->size - (size_t)((const char *)p - s->data) >= need;
}

bool
image_text(struct image *im, const char *s)
{
	struct span *in = span_of(im, s);

	if (!in || !memchr(s, 0, in->size - (size_t)(s - in->data)))
		return false;
	return in->texts = true;
}
