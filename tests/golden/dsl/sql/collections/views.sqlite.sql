-- what is read most
create view if not exists popular as
	select title from posts where views > 10;

CREATE TRIGGER "count it" AFTER UPDATE ON posts BEGIN
	UPDATE posts SET views = views + 1; -- one; more
	SELECT ';';
END;
