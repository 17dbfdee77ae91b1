#ifndef MIXINS_H
#define MIXINS_H

#define TENANT                                                                 \
	RELATION(tenant, tenants, .required = true),                           \
	    INDEX(by_tenant, .on = {"tenant"})

#endif
