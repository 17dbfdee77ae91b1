INSERT INTO users DEFAULT VALUES;
INSERT INTO users DEFAULT VALUES;
INSERT INTO posts (title, owner, price) VALUES ('One', 2, '12,50'), ('Two', NULL, NULL);
