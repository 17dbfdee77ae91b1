/* finding - the sentences of the first witness
 *
 * In a message $o is the object, $1 what was, $2 what will be. What is certain
 * is said as such; what depends on the rows says so, and what to do about it.
 */
#include "diff/judge.h"

#include "base/buf.h"

struct row {
	const char *rule;
	enum finding_class class;
	bool destructive;
	const char *message, *hint;
};

#define LOSS CLASS_DATA_LOSS, true
#define DEPENDS CLASS_DATA_DEPENDENT, true
#define BLOCKS CLASS_BLOCKING, false
#define COMPAT CLASS_COMPATIBILITY, false
#define ACCESS CLASS_AUTHORIZATION, true
#define INTEGRITY CLASS_COMPATIBILITY, true

static const struct row rows[JUDGE_COUNT] = {
	[JUDGE_RENAME_ENUM] = { "rename-type", COMPAT,
	    "renames type $o to $2; programs that cast to $o will fail", NULL },
	[JUDGE_RENAME_LABEL] = { "rename-enum-value", COMPAT,
	    "renames the value '$1' of $o to '$2'; programs that use '$1' "
	    "will fail",
	    NULL },
	[JUDGE_DROP_LABEL] = { "drop-enum-value", DEPENDS,
	    "removes the value '$1' from $o; fails where a row holds it",
	    "change those rows first, or say what it became with "
	    ".values_was" },
	[JUDGE_REORDER_LABELS] = { "reorder-enum", DEPENDS,
	    "changes the order of the values of $o, which every table that "
	    "uses it is written anew for",
	    "add new values at the end to keep the order" },
	[JUDGE_DROP_ENUM] = { "drop-type", COMPAT,
	    "drops type $o, which no column uses any more", NULL },
	[JUDGE_RENAME_TABLE] = { "rename-table", COMPAT,
	    "renames table $o to $2; programs that still say $o will fail",
	    NULL },
	[JUDGE_DROP_TABLE] = { "drop-table", LOSS,
	    "drops table $o and every row in it",
	    "if it has another name now, say so with .was" },
	[JUDGE_MAKE_ANEW] = { "drop-table", LOSS,
	    "drops table $o and makes it anew with its rows, for no statement "
	    "changes how it is divided",
	    "a row that no partition takes stops it, and nothing is changed" },
	[JUDGE_RENAME_COLUMN] = { "rename-column", COMPAT,
	    "renames column $o to $2; programs that still say $o will fail",
	    NULL },
	[JUDGE_ADD_REQUIRED] = { "add-required-column", DEPENDS,
	    "adds column $o, which is required and has no default; fails if "
	    "the table has rows",
	    "give it a default or a .backfill, or leave it optional" },
	[JUDGE_ADD_FILLED] = { "backfill-column", COMPAT,
	    "adds column $o and gives it $2 in every row", NULL },
	[JUDGE_ADD_FILLED_BY] = { "backfill-column", DEPENDS,
	    "adds column $o and fills it with $2; fails where that is NULL",
	    "let .backfill give every row a value, as coalesce(…, '') does" },
	[JUDGE_FILL_WAITS] = { "backfill-locks", BLOCKS,
	    "fills $o in one go, while others wait", NULL },
	[JUDGE_ADD_REWRITES] = { "add-column-rewrite", BLOCKS,
	    "adds column $o by writing the whole table anew, while others wait",
	    NULL },
	[JUDGE_DROP_COLUMN] = { "drop-column", LOSS,
	    "drops column $o and every value in it",
	    "if it has another name now, say so with .was" },
	[JUDGE_DROP_GENERATED] = { "drop-generated-column", COMPAT,
	    "drops the generated column $o; programs that read it will fail",
	    NULL },
	[JUDGE_RETYPE_REINDEX] = { "type-reindex", BLOCKS,
	    "changes $o from $1 to $2 and builds its indexes anew, while "
	    "others wait",
	    NULL },
	[JUDGE_RETYPE_REWRITE] = { "type-rewrite", BLOCKS,
	    "changes $o from $1 to $2 by writing the whole table anew, while "
	    "others wait",
	    NULL },
	[JUDGE_RETYPE_CHECKED] = { "type-narrowing", DEPENDS,
	    "changes $o from $1 to $2; fails where a value does not fit",
	    "shorten or correct these values first" },
	[JUDGE_RETYPE_CAST] = { "type-cast", DEPENDS,
	    "changes $o from $1 to $2; fails where a value cannot be read as "
	    "$2",
	    "correct these values first, or add a new column and fill it" },
	[JUDGE_RETYPE_MEANING] = { "type-meaning", LOSS,
	    "changes $o from $1 to $2; every value is read in the time zone "
	    "of the session and may mean another moment",
	    "add a new column and fill it with AT TIME ZONE" },
	[JUDGE_RETYPE_CHANGES] = { "type-narrowing", LOSS,
	    "changes $o from $1 to $2; values that do not fit are rounded or "
	    "cut without an error",
	    "add a new column and fill it as you want it" },
	[JUDGE_RETYPE_TO_TEXT] = { "type-affinity", DEPENDS,
	    "changes $o from $1 to $2; numbers in it become text", NULL },
	[JUDGE_RETYPE_TO_NUMBER] = { "type-affinity", DEPENDS,
	    "changes $o from $1 to $2; text that looks like a number becomes "
	    "one ('00123' becomes 123)",
	    "keep a type that contains TEXT or CHAR if leading zeros count" },
	[JUDGE_RETYPE_TO_REAL] = { "type-affinity", DEPENDS,
	    "changes $o from $1 to $2; integers beyond 2^53 lose digits",
	    NULL },
	[JUDGE_RETYPE_ATTRIBUTE] = { "type-attribute", LOSS,
	    "changes $o to $1 of other attributes; its values are read from "
	    "their text, and what does not fit is rounded or cut, or fails",
	    "add a column of a new type and fill it as you want it" },
	[JUDGE_REMAKE_TYPE] = { "type-attribute", LOSS,
	    "makes type $o again with attributes of other types", NULL },
	[JUDGE_RETYPE_USING] = { "type-using", LOSS,
	    "changes $o from $1 to $2; values that read otherwise then are "
	    "replaced",
	    "look at what .using makes of them; the trash keeps what they "
	    "were" },
	[JUDGE_SET_NOT_NULL] = { "set-not-null", DEPENDS,
	    "makes $o required; fails where a row holds NULL",
	    "fill these rows first, say with what by .backfill, or leave it "
	    "optional" },
	[JUDGE_SET_FILLED] = { "set-not-null", COMPAT,
	    "makes $o required; where it is NULL it becomes $2", NULL },
	[JUDGE_SET_FILLED_BY] = { "set-not-null", DEPENDS,
	    "makes $o required; where it is NULL it becomes $2, and where "
	    "that is NULL, too, it fails",
	    "let .backfill give every row a value, as coalesce(…, '') does" },
	[JUDGE_DROP_NOT_NULL] = { "drop-not-null", COMPAT,
	    "makes $o optional; programs may read NULL from it", NULL },
	[JUDGE_DROP_DEFAULT] = { "drop-default", COMPAT,
	    "drops the default of $o; programs that leave it out will write "
	    "NULL or fail",
	    NULL },
	[JUDGE_DROP_EXPRESSION] = { "drop-expression", COMPAT,
	    "makes $o a plain column that keeps the values it has by now",
	    NULL },
	[JUDGE_RECOMPUTE] = { "recompute-column", COMPAT,
	    "computes every value of $o anew, as $2", NULL },
	[JUDGE_OVERWRITE] = { "overwrite-column", LOSS,
	    "makes $o a generated column: every value in it is replaced by $2",
	    "add the generated column under a name of its own" },
	[JUDGE_DROP_IDENTITY] = { "drop-identity", COMPAT,
	    "stops numbering $o; programs that leave it out may fail", NULL },
	[JUDGE_COLLATE] = { "change-collation", COMPAT,
	    "changes how values of $o are compared and sorted", NULL },
	[JUDGE_COLLATE_UNIQUE] = { "change-collation", DEPENDS,
	    "changes how values of $o are compared; fails where unique values "
	    "become equal",
	    NULL },
	[JUDGE_ADD_PRIMARY_KEY] = { "add-primary-key", DEPENDS,
	    "adds $2; fails where rows are equal in it or hold NULL", NULL },
	[JUDGE_ADD_UNIQUE] = { "add-unique", DEPENDS,
	    "adds $2; fails where two rows are equal in it",
	    "merge or change the duplicates first" },
	[JUDGE_ADD_CHECK] = { "add-check", DEPENDS,
	    "adds $2; fails where a row does not satisfy it",
	    "correct these rows first" },
	[JUDGE_ADD_FOREIGN_KEY] = { "add-foreign-key", DEPENDS,
	    "adds $2; fails where a row references nothing",
	    "remove or correct the references first" },
	[JUDGE_ADD_EXCLUSION] = { "add-exclusion", DEPENDS,
	    "adds $2; fails where two rows conflict", NULL },
	[JUDGE_CHANGE_FOREIGN_KEY] = { "change-foreign-key", COMPAT,
	    "changes what happens to $2 when what it references goes", NULL },
	[JUDGE_RENAME_CONSTRAINT] = { "rename-constraint", COMPAT,
	    "renames constraint $1 of $o to $2", NULL },
	[JUDGE_DROP_PRIMARY_KEY] = { "drop-primary-key", INTEGRITY,
	    "drops $1; rows may become equal, and nothing may reference them",
	    NULL },
	[JUDGE_DROP_CONSTRAINT] = { "drop-constraint", COMPAT,
	    "drops $1; rows that break it can be written from now on", NULL },
	[JUDGE_UNIQUE_INDEX] = { "add-unique", DEPENDS,
	    "makes ($2) unique in $o; fails where two rows are equal in it",
	    "merge or change the duplicates first" },
	[JUDGE_CREATE_INDEX] = { "create-index", BLOCKS,
	    "builds index $2; others cannot write to $o meanwhile", NULL },
	[JUDGE_DROP_INDEX] = { "drop-index", COMPAT,
	    "drops index $1; queries on $o may be slower", NULL },
	[JUDGE_DROP_UNIQUE_INDEX] = { "drop-index", COMPAT,
	    "drops unique index $1; equal rows can be written to $o from now "
	    "on",
	    NULL },
	[JUDGE_STRICT] = { "set-strict", DEPENDS,
	    "makes $o STRICT; fails where a value is not of its column's type",
	    "correct these values first" },
	[JUDGE_WITHOUT_ROWID] = { "set-without-rowid", DEPENDS,
	    "makes $o WITHOUT ROWID; fails where its key holds NULL", NULL },
	[JUDGE_LOSE_ROWIDS] = { "lose-rowids", COMPAT,
	    "takes the rowids of $o away; programs that ask for them will fail",
	    "nothing promises that they stay, and undo makes others: a number "
	    "that counts needs a column" },
	[JUDGE_UNLOGGED] = { "set-unlogged", LOSS,
	    "makes $o unlogged: it is empty after a crash, and not on replicas",
	    NULL },
	[JUDGE_LOGGED] = { "set-logged", BLOCKS,
	    "writes $o to the log as a whole, while others wait", NULL },
	[JUDGE_DROP_VIEW] = { "drop-view", COMPAT,
	    "drops view $o; programs that read it will fail", NULL },
	[JUDGE_DROP_TRIGGER] = { "drop-trigger", INTEGRITY,
	    "drops trigger $o; what it kept up is no longer kept up", NULL },
	[JUDGE_DROP_VIRTUAL_TABLE] = { "drop-table", LOSS,
	    "drops virtual table $o and all that it stores", NULL },
	[JUDGE_CONTENT_GOES] = { "search-content", INTEGRITY,
	    "takes away what the full text search $1 reads of $o; asking it "
	    "for a text will fail",
	    "make the search anew with another content in the same push" },
	[JUDGE_REPLACE_OBJECT] = { "replace-object", COMPAT,
	    "replaces $1 $o by another definition", NULL },
	[JUDGE_DROP_DEFINITION] = { "drop-object", COMPAT,
	    "drops $1 $o; programs that use it will fail", NULL },
	[JUDGE_DROP_EXTENSION] = { "drop-extension", LOSS,
	    "drops extension $o and all that it brought", NULL },
	[JUDGE_DROP_MAPPINGS] = { "drop-user-mapping", LOSS,
	    "drops the user mappings of server $o with it, and the passwords "
	    "in them; undo does not bring them back",
	    NULL },
	[JUDGE_DROP_SEQUENCE] = { "drop-sequence", LOSS,
	    "drops sequence $o, and with it how far it has counted", NULL },
	[JUDGE_DROP_RULE] = { "drop-rule", INTEGRITY,
	    "drops rule $o; what it kept up is no longer kept up", NULL },
	[JUDGE_DROP_POLICY] = { "drop-policy", ACCESS,
	    "drops policy $o; rows that it showed or hid are no longer shown "
	    "or hidden",
	    NULL },
	[JUDGE_CHANGE_POLICY] = { "change-policy", ACCESS,
	    "changes policy $o, and so who sees which rows", NULL },
	[JUDGE_AUTHORIZE] = { "change-rights", ACCESS,
	    "changes who may do what: $o", NULL },
	[JUDGE_GUARD_ROWS] = { "row-security", ACCESS,
	    "hides all rows of $o that no policy shows", NULL },
	[JUDGE_UNGUARD_ROWS] = { "row-security", ACCESS,
	    "shows rows of $o that were hidden", NULL },
	[JUDGE_PARTITION_BOUND] = { "change-partition", DEPENDS,
	    "changes which rows partition $o holds; fails where it has a row "
	    "that it may no longer hold",
	    NULL },
	[JUDGE_DROP_PARTITION] = { "drop-partition", LOSS,
	    "drops partition $o of $1 and every row in it", NULL },
	[JUDGE_ATTACH_PARTITION] = { "attach-partition", BLOCKS,
	    "makes table $o a partition of $1, with its rows; fails where one "
	    "may not stand there",
	    NULL },
	[JUDGE_DETACH_PARTITION] = { "detach-partition", COMPAT,
	    "makes partition $o of $1 a table of its own; its rows vanish from "
	    "queries of $1",
	    NULL },
	[JUDGE_INHERIT] = { "inherit", COMPAT,
	    "lets $o inherit from $1; its rows appear in queries of $1", NULL },
	[JUDGE_NO_INHERIT] = { "inherit", COMPAT,
	    "lets $o inherit from $1 no more; its rows vanish from queries of "
	    "$1",
	    NULL },
};

static const char *
fill(struct arena *a, const char *message, const char *object, const char *old,
    const char *new)
{
	struct buf b = { 0 };
	const char *text;

	for (const char *p = message; *p; p++) {
		if (*p != '$') {
			buf_putc(&b, *p);
			continue;
		}
		p++;
		text = *p == 'o' ? object : *p == '1' ? old : new;
		buf_puts(&b, text ? text : "");
	}
	text = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return text;
}

struct finding
judgement_finding(struct arena *a, enum judgement j, const char *object,
    const char *old, const char *new)
{
	const struct row *r = &rows[j];

	return (struct finding){ .rule = r->rule,
		.class = r->class,
		.message = fill(a, r->message, object, old, new),
		.hint = r->hint,
		.object = object,
		.rows = -1,
		.destructive = r->destructive };
}

void
judge_note(struct pass *p, struct change *c, enum judgement j,
    const char *object, const char *old, const char *new)
{
	vec_push(
	    p->a, &c->findings, judgement_finding(p->a, j, object, old, new));
}
