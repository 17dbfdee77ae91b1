CREATE TABLE t (id bigint);
-- to
CREATE SCHEMA "My App";
CREATE TABLE "My App"."Big Table" ("Id" bigint PRIMARY KEY, "select" text, "a""b" integer);
CREATE VIEW "My App"."A View" AS SELECT "Id", "select" FROM "My App"."Big Table";
CREATE FUNCTION "My App"."Do It"("An Arg" integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TYPE "My App"."Mood" AS ENUM ('it''s', 'a "b"');
CREATE DOMAIN "My App"."Email" AS text CHECK (VALUE <> '');
CREATE TRIGGER "Fires Now" BEFORE UPDATE ON "My App"."Big Table" FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE POLICY "Only Mine" ON "My App"."Big Table" USING ("Id" > 1);
GRANT SELECT ("a""b") ON "My App"."Big Table" TO pairs_reader;
COMMENT ON COLUMN "My App"."A View"."select" IS 'reserved';
CREATE TABLE t (id bigint);
