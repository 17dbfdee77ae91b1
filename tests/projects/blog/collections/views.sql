-- what a reader sees
CREATE VIEW published AS
	SELECT p.id, p.title, p.slug, u.handle AS author, count(c.id) AS comments
	FROM posts p JOIN users u ON u.id = p.author_id LEFT JOIN comments c ON c.post_id = p.id
	WHERE p.status = 'published'
	GROUP BY p.id, p.title, p.slug, u.handle;
