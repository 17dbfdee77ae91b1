GRANT USAGE ON SCHEMA app TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON app.members, app.projects TO PUBLIC;
CREATE FUNCTION app.tenant() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT current_setting('app.tenant')::uuid $$;
CREATE VIEW app.my_projects WITH (security_barrier) AS SELECT id, name, labels FROM app.projects WHERE archived_at IS NULL;
