/* dev.h - what a person sees of `deesse dev`: a story, and questions.
 *
 * Only cmd/dev*.c include this. The story is a line an event, with its time, or
 * a JSON object; the questions are for a terminal only.
 */
#ifndef CMD_DEV_H
#define CMD_DEV_H

#include <jansson.h>

#include "sync/dev.h"

/* The database, where several are watched; else NULL. */
extern const struct project *dev_one_of;

/* Ask without a box; is there anybody to ask? */
extern bool dev_plain, dev_asks;

/* What an event needs; each line of the story begins anew. */
extern struct arena dev_arena;

/* Sets what tells the story, and what asks. */
void dev_say_ui(struct dev_ui *ui);
void dev_ask_ui(struct dev_ui *ui);

/* Ends the line of a question, if the cursor stands behind one. */
void dev_close_line(void);

/* Returns the text of a line of a file, NULL where it cannot be read. */
const char *dev_source_line(const char *file, int number);

/* Shows what the collections would have to say: see dev_ui.adopt. */
void dev_adopt(const struct sync *s, const struct drift *x);

/* Begins a line of the story with the time. */
void dev_stamp(void);

/* Prints an event; takes the object. */
void dev_event(const char *event, json_t *o);

#endif
