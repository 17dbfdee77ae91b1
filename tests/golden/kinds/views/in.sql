CREATE TABLE posts (id bigint PRIMARY KEY, title text, views integer);
CREATE VIEW titles AS SELECT id, upper(title) AS title FROM posts WHERE views > 0;
CREATE VIEW "All titles" (number, "Title") WITH (security_barrier) AS
  SELECT id, title FROM titles;
CREATE VIEW a_first AS SELECT * FROM "All titles" WITH LOCAL CHECK OPTION;
CREATE VIEW grouped AS SELECT id, title, count(*) FROM posts GROUP BY id;
CREATE MATERIALIZED VIEW popular WITH (fillfactor = 70) AS
  SELECT p.id, p.title, t.number FROM posts p JOIN "All titles" t ON t.number = p.id;
CREATE UNIQUE INDEX popular_id ON popular (id);
CREATE INDEX popular_title ON popular USING gin (to_tsvector('english', title));
CREATE VIEW on_kept AS SELECT * FROM popular;
CREATE RECURSIVE VIEW numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 9;
