#define TENANT TEXT(tenant, .maks = 3)
#error this header is broken
