/* text.h - small questions about text. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

/* Adds s, which came from outside, so that a terminal can only show it:
 * control characters but newline and tab, C1 controls, bidirectional
 * overrides and bytes that are not UTF-8 become their escapes (\x1b). */
void text_clean(struct buf *out, const char *s);

/* Adds JSON in which every character that text_clean would not show is written
 * as its escape (\u202e): it says the same, and a terminal shows it. */
void text_clean_json(struct buf *out, const char *json);

/* As text_clean, into an arena. */
const char *text_cleaned(struct arena *a, const char *s);

/* Returns the one of n candidates that s was probably meant to be, or NULL
 * (Damerau-Levenshtein, at most a third of the letters off). */
const char *text_nearest(
    const char *s, const char *const *candidates, size_t n);

/* Are a and b the same but for the case of ASCII letters? */
bool text_same_nocase(const char *a, const char *b);

bool text_starts(const char *s, const char *prefix);
bool text_ends(const char *s, const char *suffix);

/* Returns the line (from 1) of the byte at offset. */
int text_line(const char *s, size_t offset);

#endif
