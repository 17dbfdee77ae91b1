#include <deesse/dsl.h>

ENUM_TYPE(job_state, VALUES("ready", "running", "done", "failed"),
    .values_was = WAS("queued", "ready"));
COLLECTION(jobs, .id = ID_AUTOINCREMENT) = {
	TEXT(queue, .default_value = "default", .required = true),
	TEXT(kind, .required = true),
	JSON(payload, .default_value = "{}", .required = true),
	ENUM(state, .type = job_state, .default_value = "ready",
	    .required = true),
	INTEGER(priority, .bits = 16, .default_value = "0", .required = true),
	INTEGER(attempts, .bits = 16, .default_value = "0", .required = true,
	    .max = "25"),
	TIMESTAMP(run_at, .default_sql = NOW, .required = true),
	TIMESTAMP(locked_at),
	TEXT(locked_by),
	TEXT(error),
	CHECK(locked, "(locked_at IS NULL) = (locked_by IS NULL)"),
	INDEX(next, .on = { "queue", DESC("priority"), "run_at", "id" },
	    .where = "state = 'ready'"),
	INDEX(stuck, .on = { "locked_at" }, .where = "state = 'running'"),
};

COLLECTION(schedules, .id = ID_NONE) = {
	TEXT(name, .primary_key = true, .required = true),
	TEXT(cron, .required = true),
	BOOLEAN(paused, .default_value = "false", .required = true),
	RELATION(last_job, jobs, .on_delete = SET_NULL),
};
