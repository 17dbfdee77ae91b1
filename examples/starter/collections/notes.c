#include <deesse/dsl.h>

/* A first collection: table "notes" with id, title, body, pinned, created_at
 * and updated_at. Change it while `deesse dev` runs. */
COLLECTION(notes) = {
	TEXT(title, .max = 200, .required = true),
	TEXT(body),
	BOOLEAN(pinned, .required = true, .default_value = "false"),
};
