/* box.h - the question of `deesse dev`, drawn on the terminal. */
#ifndef CMD_BOX_H
#define CMD_BOX_H

#include "sync/dev.h"

/* Draws the question on standard output: what is refused, what is lost with
 * numbers, the SQL, and the choices; plain: without lines around it. */
void box_question(const struct sync *s, bool plain);

/* Draws what something else did to the database, and asks what is right. */
void box_drift(const struct drift *x, bool plain);

/* Prints the line of choices again. */
void box_choices(void);

#endif
