/* Mixins of the service: who a row belongs to, and how it goes away. */
#ifndef SAAS_TENANT_H
#define SAAS_TENANT_H

#include <deesse/dsl.h>

#define OF_TENANT "tenant_id = current_setting('app.tenant')::uuid"

#define TENANT                                                                 \
	RELATION(tenant, tenants, .on_delete = CASCADE, .required = true,      \
	    .index = true),                                                    \
	POLICY(tenant_isolation, .using = OF_TENANT, .with_check = OF_TENANT,  \
	    .only = POSTGRES)

#define SOFT_DELETE                                                            \
	TIMESTAMP(deleted_at),                                                 \
	RELATION(deleted_by, accounts, .on_delete = SET_NULL)

#define IN_AUTH .schema = "auth"
#define IN_BILLING .schema = "billing"

#endif
