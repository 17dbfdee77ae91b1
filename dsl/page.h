/* page.h - docs/dialects.md, written from the tables that lowering uses. */
#ifndef DSL_PAGE_H
#define DSL_PAGE_H

#include "base/buf.h"

/* Adds the page: what becomes of every item in each dialect. */
void dialects_page(struct buf *out);

#endif
