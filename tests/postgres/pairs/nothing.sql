CREATE TABLE posts (id int PRIMARY KEY);
CREATE VIEW all_posts AS SELECT * FROM posts;
CREATE TYPE mood AS ENUM ('calm');
-- to
