#define TENANT RELATION(tenant, tenants, .required = true, .on_delete = CASCADE), \
	INDEX(by_tenant, .on = {"tenant"})
