INSERT INTO auth.tenants (slug, name) VALUES ('one', 'One'), ('two', 'Two');
INSERT INTO billing.events (tenant_id, kind) SELECT id, 'paid' FROM auth.tenants;
CREATE ROLE guest;
GRANT USAGE ON SCHEMA auth, billing TO guest;
GRANT SELECT ON ALL TABLES IN SCHEMA auth, billing TO guest;
SELECT set_config('app.tenant', id::text, false) FROM auth.tenants WHERE slug = 'two';
SET ROLE guest;
DO $$
BEGIN
	ASSERT (SELECT count(*) = 1 FROM billing.events), 'a tenant sees its own';
	ASSERT (SELECT count(*) = 0 FROM auth.events), 'the other events';
END $$;
RESET ROLE;
DROP OWNED BY guest;
DROP ROLE guest;
