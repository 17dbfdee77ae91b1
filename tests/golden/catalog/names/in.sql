-- schemas: public Big-Shop
CREATE SCHEMA "Big-Shop";
CREATE TYPE "Big-Shop"."Mood" AS ENUM ('A b', 'c,d', '"');
CREATE TABLE "select" (
  "from" integer PRIMARY KEY, "Where" text, "a b" integer, "ä" text,
  "it's" integer, "x""y" integer);
CREATE TABLE "Big-Shop"."order" (
  "id" integer REFERENCES "select", "mood" "Big-Shop"."Mood" DEFAULT 'A b',
  "Mood" "Big-Shop"."Mood"[],
  CHECK ("id" > 0 OR "Mood" IS NULL));
CREATE INDEX "On" ON "select" ("Where", ("a b" + "x""y"));
