#include "tenant.h"

COLLECTION(tenants, IN_AUTH, .id = ID_UUID) = {
	TEXT(slug, .max = 40, .required = true, .unique = true,
	    .match = "^[a-z0-9-]+$"),
	TEXT(name, .required = true),
	ENUM(plan, .values = VALUES("free", "team", "enterprise"),
	    .default_value = "free", .required = true),
	JSON(settings, .default_value = "{}", .required = true),
	HAS_MANY(members, accounts, .through = "memberships"),
};

COLLECTION(accounts, IN_AUTH) = {
	TENANT,
	TEXT(email, .required = true, .lowercase = true),
	TEXT(password_hash, .required = true, .hidden = true),
	ENUM(role, .values = VALUES("member", "admin", "owner"),
	    .default_value = "member", .required = true),
	SOFT_DELETE,
	INDEX(live_email, .on = {"tenant", "email"}, .unique = true,
	    .where = "deleted_at IS NULL"),
	PERMISSIONS(.read = SQL("tenant_id = :tenant"), .create = ROLE("admin"),
	    .update = OWNER(id), .delete = ROLE("owner")),
};

/* A table of this name is in the other module, too: slugs tell them apart. */
COLLECTION(auth_events, IN_AUTH, .table = "events", .no_timestamps = true) = {
	TENANT,
	RELATION(account, accounts, .on_delete = SET_NULL),
	TEXT(kind, .required = true),
	TIMESTAMP(at, .default_sql = NOW, .required = true),
};

COLLECTION(memberships, IN_AUTH, .id = ID_NONE) = {
	RELATION(tenant, tenants, .on_delete = CASCADE, .primary_key = true),
	RELATION(account, accounts, .on_delete = CASCADE, .primary_key = true),
	TEXT(title),
};

#ifdef FEATURE_SSO /* in compile_flags.txt, so that it is the same for all */
COLLECTION(sso_providers, IN_AUTH) = {
	TENANT,
	TEXT(issuer, .required = true, .unique = true),
};
#endif
