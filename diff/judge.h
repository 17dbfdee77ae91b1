/* judge.h - what can be said of a change, one row each.
 *
 * Internal to diff/. The rows are in finding.c.
 */
#ifndef DIFF_JUDGE_H
#define DIFF_JUDGE_H

#include "diff/pass.h"

enum judgement {
	JUDGE_NOTHING,
	JUDGE_RENAME_ENUM,
	JUDGE_RENAME_LABEL,
	JUDGE_DROP_LABEL,
	JUDGE_REORDER_LABELS,
	JUDGE_DROP_ENUM,
	JUDGE_RENAME_TABLE,
	JUDGE_DROP_TABLE,
	JUDGE_MAKE_ANEW,
	JUDGE_RENAME_COLUMN,
	JUDGE_ADD_REQUIRED,
	JUDGE_ADD_FILLED,
	JUDGE_ADD_FILLED_BY,
	JUDGE_FILL_WAITS,
	JUDGE_ADD_REWRITES,
	JUDGE_DROP_COLUMN,
	JUDGE_DROP_GENERATED,
	JUDGE_RETYPE_REINDEX,
	JUDGE_RETYPE_REWRITE,
	JUDGE_RETYPE_CHECKED,
	JUDGE_RETYPE_CAST,
	JUDGE_RETYPE_MEANING,
	JUDGE_RETYPE_CHANGES,
	JUDGE_RETYPE_TO_TEXT,
	JUDGE_RETYPE_TO_NUMBER,
	JUDGE_RETYPE_TO_REAL,
	JUDGE_RETYPE_ATTRIBUTE,
	JUDGE_REMAKE_TYPE,
	JUDGE_RETYPE_USING,
	JUDGE_SET_NOT_NULL,
	JUDGE_SET_FILLED,
	JUDGE_SET_FILLED_BY,
	JUDGE_DROP_NOT_NULL,
	JUDGE_DROP_DEFAULT,
	JUDGE_DROP_EXPRESSION,
	JUDGE_RECOMPUTE,
	JUDGE_OVERWRITE,
	JUDGE_DROP_IDENTITY,
	JUDGE_COLLATE,
	JUDGE_COLLATE_UNIQUE,
	JUDGE_ADD_PRIMARY_KEY,
	JUDGE_ADD_UNIQUE,
	JUDGE_ADD_CHECK,
	JUDGE_ADD_FOREIGN_KEY,
	JUDGE_ADD_EXCLUSION,
	JUDGE_CHANGE_FOREIGN_KEY,
	JUDGE_RENAME_CONSTRAINT,
	JUDGE_DROP_PRIMARY_KEY,
	JUDGE_DROP_CONSTRAINT,
	JUDGE_UNIQUE_INDEX,
	JUDGE_CREATE_INDEX,
	JUDGE_DROP_INDEX,
	JUDGE_DROP_UNIQUE_INDEX,
	JUDGE_STRICT,
	JUDGE_WITHOUT_ROWID,
	JUDGE_LOSE_ROWIDS,
	JUDGE_UNLOGGED,
	JUDGE_LOGGED,
	JUDGE_DROP_VIEW,
	JUDGE_DROP_TRIGGER,
	JUDGE_DROP_VIRTUAL_TABLE,
	JUDGE_CONTENT_GOES,
	JUDGE_REPLACE_OBJECT,
	JUDGE_DROP_DEFINITION,
	JUDGE_DROP_EXTENSION,
	JUDGE_DROP_MAPPINGS,
	JUDGE_DROP_SEQUENCE,
	JUDGE_DROP_RULE,
	JUDGE_DROP_POLICY,
	JUDGE_CHANGE_POLICY,
	JUDGE_AUTHORIZE,
	JUDGE_GUARD_ROWS,
	JUDGE_UNGUARD_ROWS,
	JUDGE_PARTITION_BOUND,
	JUDGE_DROP_PARTITION,
	JUDGE_ATTACH_PARTITION,
	JUDGE_DETACH_PARTITION,
	JUDGE_INHERIT,
	JUDGE_NO_INHERIT,
	JUDGE_COUNT
};

/* Returns the finding of that row about the object; old and new fill its
 * sentence, and may be NULL where it does not speak of them. */
struct finding judgement_finding(struct arena *a, enum judgement j,
    const char *object, const char *old, const char *new);

/* Adds it to those of the change. */
void judge_note(struct pass *p, struct change *c, enum judgement j,
    const char *object, const char *old, const char *new);

/* judge_fill.c: of a column that brings its own value (.backfill): `value`
 * where that is one for all rows, `expression` where it may be NULL. */
void judge_fill(struct pass *p, struct change *c, const char *object,
    enum judgement value, enum judgement expression);

/* judge_virtual.c: says which full text searches lose what they read. */
void judge_content(struct pass *p, struct change *c);

/* judge_enum.c, judge_object.c: one function a kind of change. */
void judge_rename_enum(struct pass *p, struct change *c);
void judge_alter_enum(struct pass *p, struct change *c);
void judge_drop_enum(struct pass *p, struct change *c);
void judge_create_object(struct pass *p, struct change *c);
void judge_replace_object(struct pass *p, struct change *c);
void judge_drop_object(struct pass *p, struct change *c);
void judge_row_security(struct pass *p, struct change *c);
void judge_partition_bound(struct pass *p, struct change *c);
void judge_unbind_partition(struct pass *p, struct change *c);
void judge_add_partition(struct pass *p, struct change *c);
void judge_drop_partition(struct pass *p, struct change *c);
void judge_add_parent(struct pass *p, struct change *c);
void judge_drop_parent(struct pass *p, struct change *c);

#endif
