CREATE VIEW named AS SELECT p.id, p.title, p.views, u.name FROM posts p JOIN users u ON u.id = p.author_id;
CREATE VIEW top AS SELECT * FROM named WHERE views > 10;
CREATE VIEW apart AS SELECT name FROM users;
