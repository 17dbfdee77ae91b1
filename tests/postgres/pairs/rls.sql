CREATE TABLE accounts (id bigint PRIMARY KEY, owner_name text);
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON accounts USING (owner_name = current_user);
CREATE POLICY gone ON accounts FOR DELETE USING (false);
-- to
CREATE TABLE accounts (id bigint PRIMARY KEY, owner_name text);
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON accounts AS RESTRICTIVE FOR UPDATE TO pairs_reader, pairs_writer USING (owner_name = current_user) WITH CHECK (id > 0);
CREATE TABLE fresh (id bigint, tenant uuid DEFAULT gen_random_uuid());
ALTER TABLE fresh ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenants ON fresh USING (tenant = current_setting('app.tenant')::uuid AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = fresh.id));
