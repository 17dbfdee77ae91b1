#include <deesse/dsl.h>

#include "tenant.h"
COLLECTION(tenants, .id = ID_UUID, .schema = "app", .only = POSTGRES) = {
	TEXT(name, .required = true),
	ENUM(plan, .values = VALUES("free", "pro"), .default_value = "free",
	    .required = true),
	JSON(settings, .default_value = "{}", .required = true),
	INDEX(settings, .on = { OPS("settings", "jsonb_path_ops") },
	    .method = "gin"),
};

COLLECTION(
    members, .schema = "app", .force_row_security = true, .only = POSTGRES) = {
	TENANT,
	TEXT(email, .required = true),
	ENUM(role, .values = VALUES("owner", "admin", "member"),
	    .required = true, .default_value = "member"),
	INDEX(email, .on = { "tenant", EXPR("lower(email)") }, .unique = true),
	POLICY(isolation,
	    .using = "tenant_id = current_setting('app.tenant')::uuid",
	    .with_check = "tenant_id = current_setting('app.tenant')::uuid"),
	POLICY(no_delete_of_owners, .on = "delete", .using = "role <> 'owner'",
	    .restrictive = true),
};

COLLECTION(
    projects, .schema = "app", .force_row_security = true, .only = POSTGRES) = {
	TENANT,
	TEXT(name, .required = true, .max = 80),
	TEXT(labels, .array = true, .default_value = "{}", .required = true),
	TIMESTAMP(archived_at),
	INDEX(labels, .on = { "labels" }, .method = "gin"),
	INDEX(live, .on = { "tenant", "name" }, .unique = true,
	    .where = "archived_at IS NULL"),
	POLICY(isolation,
	    .using = "tenant_id = current_setting('app.tenant')::uuid"),
};
